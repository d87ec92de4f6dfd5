"""Sign-in: slowed down after wrong passwords, a second factor where it is required, an end to idle sign-ins."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.urls import reverse

from solmu.config import settings as production
from solmu.kernel import clock
from solmu.web.templatetags.ui import drawn
from tests.cast import PASSWORD

LOGIN = "/accounts/login/"
DESK = "/desk/"


@pytest.fixture(autouse=True)
def fresh_counts():
    cache.clear()
    yield
    cache.clear()


def sign_in(client, password=PASSWORD, email="aino@example.org"):
    return client.post(LOGIN, {"login": email, "password": password})


def test_a_right_password_opens_the_desk(cast, client):
    answer = sign_in(client)
    assert (answer.status_code, answer["Location"]) == (302, DESK)


def test_both_fields_have_the_same_look(client, db):
    fields = client.get(LOGIN).context["form"]
    page = "".join(str(drawn(fields[name])) for name in ("login", "password"))
    assert page.count('class="input"') == 2


def test_a_wrong_password_and_an_unknown_address_look_the_same(cast, client):
    wrong, unknown = sign_in(client, "wrong"), sign_in(client, email="nobody@example.org")
    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors


def test_after_five_wrong_passwords_the_right_one_waits_too(cast, client, settings):
    settings.ACCOUNT_RATE_LIMITS = production.ACCOUNT_RATE_LIMITS
    for _time in range(6):
        sign_in(client, "wrong")
    assert sign_in(client).status_code != 302
    assert DESK not in sign_in(client).get("Location", "")


def test_the_wait_is_for_that_account_alone(cast, client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key"}
    for _time in range(6):
        sign_in(client, "wrong")
    assert sign_in(client, email="bertta@example.org").status_code == 302


def test_a_closed_account_stays_out(cast, client):
    account = cast.account("aino")
    account.is_active = False
    account.save()
    assert sign_in(client)["Location"] == LOGIN
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(client, db):
    assert client.get("/accounts/signup/").status_code == 404


def test_the_sessions_key_changes_at_sign_in(cast, client):
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client)
    assert client.session.session_key != before
    from django.contrib.sessions.models import Session

    assert not Session.objects.filter(pk=before).exists()


class TestSecondFactor:
    """Required: nothing opens before it is set up, and a password alone does not open what has it."""

    @pytest.fixture(autouse=True)
    def required(self, settings):
        settings.SOLMU_REQUIRE_SECOND_FACTOR = True

    def test_nothing_opens_before_it_is_set_up(self, cast, client):
        sign_in(client)
        for address in (DESK, reverse("steward:log"), "/"):
            answer = client.get(address)
            assert (answer.status_code, answer["Location"]) == (302, reverse("mfa_activate_totp"))

    def test_who_has_just_signed_in_sets_it_up_without_typing_the_password_again(self, cast, client, monkeypatch):
        sign_in(client)
        assert client.get(reverse("mfa_activate_totp")).status_code == 200
        later = clock.now() + timedelta(minutes=6)
        monkeypatch.setattr("solmu.kernel.clock.now", lambda: later)
        assert client.get(reverse("mfa_activate_totp"))["Location"].startswith(reverse("account_reauthenticate"))

    def test_a_password_alone_does_not_open_an_account_that_has_one(self, cast, client):
        secret = generate_totp_secret()
        TOTP.activate(cast.account("aino"), secret)
        answer = sign_in(client)
        assert answer["Location"] == reverse("mfa_authenticate")
        assert "_auth_user_id" not in client.session
        wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
        assert wrong.status_code == 200 and "_auth_user_id" not in client.session
        code = f"{hotp_value(secret, next(iter(yield_hotp_counters_from_time()))):06}"
        assert client.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
        assert "_auth_user_id" in client.session


class TestIdle:
    """A desk left alone signs itself out."""

    @pytest.fixture
    def at(self, monkeypatch):
        began = clock.now()

        def move(**delta):
            monkeypatch.setattr("solmu.web.edge.clock.now", lambda: began + timedelta(**delta))

        return move

    def test_ends_after_the_minutes_without_a_request(self, cast, client, settings, at):
        client.force_login(cast.account("tapio"))
        assert client.get(reverse("steward:log")).status_code == 200
        at(minutes=settings.SOLMU_IDLE_MINUTES, seconds=30)
        answer = client.get(reverse("steward:log"))
        assert answer.status_code == 302 and answer["Location"].startswith(f"{LOGIN}?idle=1&next=/steward/")
        assert "_auth_user_id" not in client.session

    def test_what_was_sent_too_late_leads_back_to_its_form(self, cast, client, settings, at):
        client.force_login(cast.account("tapio"))
        client.get(reverse("steward:log"))
        at(minutes=settings.SOLMU_IDLE_MINUTES, seconds=30)
        stood = "http://testserver/steward/?page=2"
        answer = client.post(reverse("desk:queue"), headers={"referer": stood})
        assert answer["Location"] == f"{LOGIN}?idle=1&next=/steward/%3Fpage%3D2"
        answer = client.post(reverse("desk:queue"), headers={"referer": "https://evil.example/steward/"})
        assert answer["Location"] == f"{LOGIN}?next=/"

    def test_goes_on_while_pages_are_asked_for(self, cast, client, at):
        client.force_login(cast.account("tapio"))
        for minutes in (0, 20, 40, 60):
            at(minutes=minutes)
            assert client.get(reverse("steward:log")).status_code == 200
