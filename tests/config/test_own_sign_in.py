"""The organisation's own sign-in by OpenID Connect: whom it opens Solmu to, and what of its word is believed."""

from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from solmu.accounts.models import Account
from solmu.config import checks, cli
from solmu.config.console import OK, USAGE
from solmu.config.services import sign_in_services
from solmu.organisations.actions import forget_sign_in
from tests.cast import PASSWORD
from tests.house import ROOT
from tests.sign_in_service import CLIENT, SECRET, Service, running_service

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"
LEAVE = reverse("openid_connect_login", args=["organisation"])
BACK = reverse("openid_connect_callback", args=["organisation"])


@pytest.fixture
def client() -> Client:
    """A browser that asks for English."""
    return Client(headers={"accept-language": "en"})


@pytest.fixture
def configured(monkeypatch, settings):
    """Solmu set up for a service at an address; further settings may be given."""

    def at(address: str, domains: tuple[str, ...] = (), secret: str = SECRET) -> None:
        given = {"SERVER": address, "CLIENT_ID": CLIENT, "SECRET": secret, "NAME": "Rantasäätiön tunnistus"}
        for name, value in given.items():
            monkeypatch.setenv(f"SOLMU_OIDC_{name}", value)
        settings.SOCIALACCOUNT_PROVIDERS = sign_in_services([*domains])

    cache.clear()
    yield at
    cache.clear()


@pytest.fixture
def service(configured):
    """A service that knows Aino, and is Solmu's."""
    with running_service() as made:
        configured(made.address)
        made.return_to = f"http://testserver{BACK}"
        made.knows("s-aino", "Aino@Example.org")
        yield made


def signs_in(client: Client, service: Service, subject: str, **sent):
    """What Solmu answers to somebody who comes back from the service."""
    return client.get(chosen(client.get(LEAVE, sent)["Location"], f"subject={subject}"))


def chosen(page: str, choice: str) -> str:
    """Presses a button on the service's page; returns where the browser is sent."""
    place = urlsplit(page)
    with closing(HTTPConnection(place.netloc)) as connection:
        connection.request("POST", f"{place.path}?{place.query}", choice)
        answer = connection.getresponse()
        assert answer.status == 303
        return answer.headers["Location"]


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_it_opens_the_account_with_the_address_that_it_has_verified(cast, client, service):
    answer = signs_in(client, service, "s-aino")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert client.session["_auth_user_id"] == str(cast.account("aino").pk)
    assert not service.faults


def test_leads_to_the_page_that_was_asked_for_and_to_no_other_site(cast, client, service):
    assert signs_in(client, service, "s-aino", next="/desk/contacts/")["Location"] == "/desk/contacts/"
    assert signs_in(Client(), service, "s-aino", next="https://example.com/")["Location"] == "/desk/"


def test_keeps_the_password_and_nothing_of_what_the_service_tells(cast, client, service):
    service.people["s-aino"] |= {"name": "Aino Salmi", "birthdate": "1980-01-01", "national_id": "010180-960F"}
    signs_in(client, service, "s-aino")
    assert Account.objects.get(email="aino@example.org").check_password(PASSWORD)
    (known,) = SocialAccount.objects.all()
    assert (known.uid, known.extra_data) == ("s-aino", {})
    assert not SocialToken.objects.exists()


def test_makes_no_account_for_somebody_unknown(cast, client, service):
    service.knows("s-vieras", "vieras@example.org")
    before = Account.objects.count()
    answer = signs_in(client, service, "s-vieras")
    assert answer.status_code == 403 and "You have no account in Solmu" in answer.content.decode()
    assert Account.objects.count() == before and not SocialAccount.objects.exists() and not is_in(client)


@pytest.mark.parametrize("word", [False, "false", None, 0], ids=str)
def test_an_address_that_the_service_has_not_verified_opens_nothing(cast, client, service, word):
    service.knows("s-aino", "aino@example.org", email_verified=word)
    assert signs_in(client, service, "s-aino").status_code == 403
    assert not is_in(client)


def test_of_the_organisations_own_domains_the_service_need_not_say_it(cast, client, service, configured):
    del service.people["s-aino"]["email_verified"]
    configured(service.address, domains=("example.com",))
    assert signs_in(client, service, "s-aino").status_code == 403
    configured(service.address, domains=("example.org",))
    assert signs_in(client, service, "s-aino").status_code == 302


def test_after_the_first_time_the_person_is_known_by_more_than_the_address(cast, client, service):
    signs_in(client, service, "s-aino")
    service.knows("s-aino", "aino.uusinimi@example.org")
    service.knows("s-toinen", "aino@example.org")  # the address has been given to somebody else
    renamed, other = Client(), Client()
    assert signs_in(renamed, service, "s-aino").status_code == 302
    assert renamed.session["_auth_user_id"] == str(cast.account("aino").pk)
    assert signs_in(other, service, "s-toinen").status_code == 403 and not is_in(other)


def test_a_new_service_is_known_after_the_old_one_has_been_forgotten(cast, client, service, capsys):
    signs_in(client, service, "s-aino")
    service.people = {}
    service.knows("new-aino", "aino@example.org")
    assert signs_in(Client(), service, "new-aino").status_code == 403
    assert cli.main(["account", "forget-sign-in"]) == USAGE
    assert cli.main(["account", "forget-sign-in", "--everybody"]) == OK
    assert "Forgotten: 1." in capsys.readouterr().out
    assert signs_in(Client(), service, "new-aino").status_code == 302
    assert cli.main(["account", "forget-sign-in", "aino@example.org"]) == OK
    assert not SocialAccount.objects.exists()


def test_only_an_administrator_forgets(cast):
    from solmu.access.gate import NotPermitted

    with pytest.raises(NotPermitted):
        forget_sign_in(cast.aino, email=None)


def test_a_closed_account_stays_closed(cast, client, service):
    Account.objects.filter(email="aino@example.org").update(is_active=False)
    assert signs_in(client, service, "s-aino")["Location"] == LOGIN
    assert not is_in(client)


def test_who_signs_in_only_so_has_no_password_to_change(cast, client, service):
    account = cast.account("aino")
    account.set_unusable_password()
    account.save()
    signs_in(client, service, "s-aino")
    assert client.get(reverse("account_change_password"))["Location"] == reverse("mfa_index")
    assert "Change the password" not in client.get(reverse("mfa_index")).content.decode()


class TestSecondFactor:
    """Solmu's own second factor is asked here as after a password."""

    @pytest.fixture(autouse=True)
    def required(self, settings):
        settings.SOLMU_REQUIRE_SECOND_FACTOR = True

    def test_nothing_opens_before_it_is_set_up(self, cast, client, service):
        signs_in(client, service, "s-aino")
        assert client.get("/desk/")["Location"] == reverse("mfa_activate_totp")

    def test_the_service_alone_does_not_open_an_account_that_has_one(self, cast, client, service):
        TOTP.activate(cast.account("aino"), generate_totp_secret())
        assert signs_in(client, service, "s-aino")["Location"] == reverse("mfa_authenticate")
        assert not is_in(client)


class TestBelief:
    """What is not meant for Solmu, or comes too late, opens nothing."""

    @pytest.mark.parametrize(
        "bent",
        [{"aud": "another"}, {"iss": "http://127.0.0.1:1"}, {"exp": 1}, {"sub": "s-bertta"}],
        ids=["audience", "issuer", "late", "subject"],
    )
    def test_a_token_for_others_or_of_others_or_too_old(self, cast, client, service, bent):
        service.bent = bent
        answer = signs_in(client, service, "s-aino")
        assert answer.status_code == 401 and "Signing in did not succeed" in answer.content.decode()
        assert not is_in(client)

    def test_an_answer_that_this_browser_did_not_ask_for(self, cast, client, service):
        mine = chosen(Client().get(LEAVE)["Location"], "subject=s-aino")
        assert client.get(mine).status_code == 401
        assert not is_in(client)

    def test_an_answer_a_second_time(self, cast, client, service):
        back = chosen(client.get(LEAVE)["Location"], "subject=s-aino")
        assert client.get(back).status_code == 302
        assert client.get(back).status_code == 401

    def test_who_calls_it_off_is_back_at_signing_in(self, cast, client, service):
        answer = client.get(chosen(client.get(LEAVE)["Location"], "error=access_denied"), follow=True)
        assert answer.redirect_chain == [(LOGIN, 302)] and "called off" in answer.content.decode()

    def test_a_wrong_secret_is_told_plainly(self, cast, client, service, configured):
        configured(service.address, secret="wrong")
        assert signs_in(client, service, "s-aino").status_code == 401
        assert service.faults == ["a client without its secret"]

    def test_what_a_link_adds_is_not_passed_on(self, cast, client, service):
        added = {"auth_params": "redirect_uri=http://example.com", "scope": "everything", "process": "connect"}
        asked = parse_qs(urlsplit(client.get(LEAVE, added)["Location"]).query)
        assert asked["redirect_uri"] == [service.return_to]
        assert set(asked["scope"][0].split()) == {"openid", "profile", "email"}


class TestWithoutAnswer:
    """Signing in with a password works, and the page says what happened."""

    def test_a_service_that_is_out_of_order(self, cast, client, service, caplog):
        service.broken = True
        answer = client.get(LEAVE)
        assert answer.status_code == 503 and "Signing in did not succeed" in answer.content.decode()
        assert "127.0.0.1" not in caplog.text
        assert client.post(LOGIN, {"login": "aino@example.org", "password": PASSWORD}).status_code == 302

    def test_one_that_breaks_while_somebody_signs_in(self, cast, client, service):
        back = chosen(client.get(LEAVE)["Location"], "subject=s-aino")
        service.broken = True
        assert client.get(back).status_code == 503

    def test_without_one_the_page_offers_none(self, client, settings):
        settings.SOCIALACCOUNT_PROVIDERS = {}
        assert "Sign in with" not in client.get(LOGIN).content.decode()
        assert client.get(LEAVE).status_code == 404 == client.get(BACK).status_code


def test_the_check_wants_https_and_a_client(settings, configured):
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert not [*checks._own_sign_in()]
    configured("https://tunnistus.example.org/")
    assert not [*checks._own_sign_in()]
    configured("http://tunnistus.example.org", secret="")
    assert [each.mend.split("=")[0] for each in checks._own_sign_in()] == [
        "Set SOLMU_OIDC_SERVER",
        "Set SOLMU_OIDC_CLIENT_ID and SOLMU_OIDC_SECRET.",
    ]


def test_the_operator_is_told_the_address_to_register():
    assert f"https://solmu.example.org{BACK}" in (ROOT / "docs/how-to/operator.md").read_text()
