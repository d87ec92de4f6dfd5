"""A page as a PDF: tagged, with Solmu's paper style, and fetching nothing from anywhere."""

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.template.loader import render_to_string


def pdf(request, template: str, context: dict, *, name: str) -> HttpResponse:
    """The template as a PDF whose file is called `name`, which tells nothing of anybody."""
    from weasyprint import CSS, HTML

    page = render_to_string(template, context, request)
    style = CSS(filename=finders.find("ui/paper.css"))
    document = HTML(string=page, base_url=settings.SOLMU_PUBLIC_URL or None, url_fetcher=_nothing)
    answer = HttpResponse(document.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1"), "application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def _nothing(url, *_args, **_more):
    """Paper fetches nothing: whatever its words say, no address is opened."""
    raise ValueError(url)
