"""A worker signs in through the organisation's own service, and sets up Solmu's second factor on the way."""

import pytest
from allauth.mfa.totp.internal.auth import hotp_value, yield_hotp_counters_from_time
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from playwright.sync_api import Page, expect

from solmu.config.services import sign_in_services
from tests.sign_in_service import CLIENT, SECRET, Service, running_service

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def service(live_server, monkeypatch, settings):
    """The organisation's own sign-in, which knows Aino and somebody who has no account in Solmu."""
    cache.clear()
    with running_service() as made:
        given = {"SERVER": made.address, "CLIENT_ID": CLIENT, "SECRET": SECRET, "NAME": "Rantasäätiö"}
        for name, value in given.items():
            monkeypatch.setenv(f"SOLMU_OIDC_{name}", value)
        settings.SOCIALACCOUNT_PROVIDERS = sign_in_services(domains=[])
        made.return_to = f"{live_server.url}/accounts/organisation/login/callback/"
        made.knows("s-aino", "aino@example.org")
        made.knows("s-vieras", "vieras@example.org")
        yield made
    cache.clear()


def sign_in(page: Page, service: Service, who: str) -> None:
    """From Solmu's sign-in page to the service's, and back."""
    page.get_by_role("link", name="Sign in with Rantasäätiö").click()
    expect(page.get_by_role("heading", name="Who are you?")).to_be_visible()
    assert page.url.startswith(service.address)
    page.get_by_role("button", name=who).click()
    page.faults[:] = [fault for fault in page.faults if service.address not in fault]  # the one other site


def code_for(secret: str) -> str:
    """What a code app shows now."""
    return f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06}"


def test_a_worker_signs_in_with_the_organisations_service_and_a_second_factor(open_page, cast, service, settings, look):
    settings.SOLMU_REQUIRE_SECOND_FACTOR = True
    page = open_page(locale="en-GB")
    page.goto("/desk/contacts/")
    look(page)
    sign_in(page, service, "aino@example.org")
    expect(page.get_by_role("heading", name="Take the code app into use")).to_be_visible()
    look(page)
    secret = page.locator("figure code").inner_text()
    page.get_by_label("code", exact=False).first.fill(code_for(secret))
    page.get_by_role("button", name="Take into use").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    look(page)
    page.goto("/desk/contacts/")
    expect(page.get_by_role("link", name="New contact").first).to_be_visible()

    page.locator(".who summary").click()
    page.get_by_role("button", name="Sign out").click()
    cache.clear()  # a code is taken once; the next one would come in half a minute
    page.goto("/desk/contacts/")
    sign_in(page, service, "aino@example.org")
    expect(page.get_by_role("heading", name="Second factor")).to_be_visible()
    look(page)
    page.get_by_label("code", exact=False).first.fill(code_for(secret))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="New contact").first).to_be_visible()
    assert page.url.endswith("/desk/contacts/")
    assert not service.faults


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_who_has_no_account_gets_a_plain_page_and_who_calls_it_off_comes_back(open_page, cast, service, look, scripts):
    page = open_page(locale="en-GB", java_script_enabled=scripts)
    page.goto("/accounts/login/")
    sign_in(page, service, "vieras@example.org")
    expect(page.get_by_role("heading", name="You have no account in Solmu")).to_be_visible()
    if scripts:
        look(page)
    assert not SocialAccount.objects.exists()
    page.faults.clear()  # the browser's own note of the 403

    page.get_by_role("main").get_by_role("link", name="Sign in").click()
    sign_in(page, service, "Cancel")
    expect(page.get_by_text("Signing in was called off.")).to_be_visible()
    service.broken = True
    page.get_by_role("link", name="Sign in with Rantasäätiö").click()
    expect(page.get_by_role("heading", name="Signing in did not succeed")).to_be_visible()
    if scripts:
        look(page)
    page.faults.clear()  # the browser's own note of the 503
