"""Who can be chosen on the sign-in page where everybody is invented."""

from django import template
from django.conf import settings

from solmu.accounts.models import Account
from solmu.demo.region import WORKERS, email_of

register = template.Library()


@register.simple_tag
def invented_workers() -> list[dict[str, str]]:
    """The invented workers by address, name and what they do; nobody in an installation for real families."""
    if not settings.SOLMU_DEMO:
        return []
    plans = {email_of(plan.key): plan for plan in WORKERS}
    there = set(Account.objects.filter(email__in=plans, is_active=True).values_list("email", flat=True))
    return [{"email": email, "name": plan.name, "title": plan.title} for email, plan in plans.items() if email in there]
