"""The guide beside a page's own work: `{% guide_at "closing" %}`."""

from django import template

from solmu.casework.queries.guides import versions_under_way
from solmu.web.desk.guide import STEPS, guides_at
from solmu.web.ui.markdown import render_piece
from solmu.web.ui.wordings import marked

register = template.Library()


register.filter("guide_piece", render_piece)


@register.filter
def marked_then(then: str, now: str) -> str:
    """A wording of a version, with the words marked that a later one has not."""
    return marked(then, now)[0]


@register.filter
def marked_now(now: str, then: str) -> str:
    """A wording of a version, with the words marked that an earlier one has not."""
    return marked(then, now)[1]


@register.inclusion_tag("desk/guide_at.html", takes_context=True)
def guide_at(context, step: str) -> dict:
    """The pages that a step needs, folded: of what runs for the family of the page, else of what work begins with.

    It stands on pages that have asked the gate, and reads no more than the page's own access covers.
    """
    request, access = context["request"], context.get("access")
    kinds, _tab = STEPS[step]
    running = versions_under_way(access) if access else ()
    guides = guides_at(request.actor, kinds, running, level=3 if access else 2)
    return {"guides": guides, "back": request.path, "LANGUAGE_CODE": context.get("LANGUAGE_CODE")}
