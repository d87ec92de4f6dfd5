"""Who can be chosen on the sign-in page where everybody is invented."""

from django import template
from django.conf import settings

from solmu.accounts.queries import open_accounts
from solmu.demo.region import WORKERS, email_of

register = template.Library()


@register.simple_tag
def invented_workers() -> list[dict[str, str]]:
    """The invented workers by address, name and what they do; nobody in an installation for real families."""
    if not settings.SOLMU_DEMO:
        return []
    plans = {email_of(plan.key): plan for plan in WORKERS}
    there = open_accounts(plans)
    return [{"email": email, "name": plan.name, "title": plan.title} for email, plan in plans.items() if email in there]
