"""What every answer carries, and what server logs and mail never hold."""

import json
import logging
import os
import subprocess
import sys

import pytest
from django.urls import path, reverse

from solmu.config.logs import WithoutContent
from tests.cast import PASSWORD
from tests.house import ROOT

STRICT = {"default-src 'none'", "script-src 'self'", "style-src 'self'", "base-uri 'none'", "frame-ancestors 'none'"}


@pytest.mark.parametrize("address", ["/", "/about/", "/accounts/login/", "/nowhere/", "/health/"])
def test_every_answer_has_the_strict_headers(client, db, address):
    answer = client.get(address)
    policy = {part.strip() for part in answer["Content-Security-Policy"].split(";")}
    assert policy >= STRICT
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"


def test_signed_in_pages_have_them_too(cast, client):
    client.force_login(cast.account("tapio"))
    for name in ("steward:log", "steward:emergencies", "mfa_index"):
        assert "default-src 'none'" in client.get(reverse(name))["Content-Security-Policy"]


def _settings(**environment) -> dict:
    """The settings that a process with this environment reads."""
    names = "SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_HTTPONLY CSRF_COOKIE_HTTPONLY SECURE_SSL_REDIRECT "
    names += "SECURE_HSTS_SECONDS SESSION_COOKIE_SAMESITE SECURE_PROXY_SSL_HEADER SOLMU_REQUIRE_SECOND_FACTOR DEBUG "
    names += "ALLAUTH_TRUSTED_PROXY_COUNT CSRF_TRUSTED_ORIGINS"
    text = "import json, sys\n"
    text += "from solmu.config import settings as s\nprint(json.dumps({n: getattr(s, n) for n in sys.argv[1:]}))"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SOLMU_")}
    kept |= {"SOLMU_DATA": os.environ["SOLMU_DATA"], "SOLMU_SECRET": "x" * 40, **environment}
    command = [sys.executable, "-c", text, *names.split()]
    done = subprocess.run(command, env=kept, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def test_with_https_cookies_are_secure_and_browsers_keep_to_it():
    read = _settings(SOLMU_PUBLIC_URL="https://solmu.example.org", SOLMU_BEHIND_PROXY="1")
    assert read["SESSION_COOKIE_SECURE"] and read["CSRF_COOKIE_SECURE"] and read["SECURE_SSL_REDIRECT"]
    assert read["SESSION_COOKIE_HTTPONLY"] and read["CSRF_COOKIE_HTTPONLY"]
    assert read["SESSION_COOKIE_SAMESITE"] == "Lax"
    assert read["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert read["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert read["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1


def test_by_default_no_proxy_is_believed_and_a_second_factor_is_required():
    read = _settings()
    assert read["SECURE_PROXY_SSL_HEADER"] is None and read["ALLAUTH_TRUSTED_PROXY_COUNT"] == 0
    assert read["SOLMU_REQUIRE_SECOND_FACTOR"] and not read["DEBUG"]


def test_the_session_cookie_is_not_readable_by_scripts(cast, client):
    answer = client.post("/accounts/login/", {"login": "aino@example.org", "password": PASSWORD})
    cookie = answer.cookies["sessionid"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


def test_a_form_from_another_site_is_refused(cast):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.account("outi"))
    answer = strict.post(reverse("desk:emergency"), {"reason": "x"}, headers={"accept-language": "en"})
    assert answer.status_code == 403
    assert "The form was not sent" in answer.content.decode() and "CSRF" not in answer.content.decode()


def test_an_address_that_only_takes_a_form_says_so(cast, client):
    client.force_login(cast.account("outi"))
    answer = client.get(reverse("public:unit"), headers={"accept-language": "en"})
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Nothing was done" in answer.content.decode()


# Pages that a mistake could make -----------------------------------------------------------------


def forgetful(request):
    from django.http import HttpResponse

    return HttpResponse("Salo, Aino")


def failing(request):
    raise RuntimeError("Salo, Aino, 010170-960F")


def _mistakes():
    from solmu.config import urls

    return [*urls.urlpatterns, path("forgetful/", forgetful), path("failing/", failing)]


class Urls:
    """The real addresses and two mistakes."""

    from solmu.config.urls import handler400, handler403, handler404, handler500


@pytest.fixture
def mistakes(settings):
    Urls.urlpatterns = _mistakes()
    settings.ROOT_URLCONF = Urls


def test_a_page_that_never_asked_the_gate_shows_nothing(cast, client, mistakes):
    client.force_login(cast.account("tapio"))
    answer = client.get("/forgetful/")
    assert answer.status_code == 500
    assert "Salo" not in answer.content.decode()


def test_a_page_that_fails_tells_neither_reader_nor_log_what_it_held(cast, client, mistakes, capsys):
    client.force_login(cast.account("tapio"))
    client.raise_request_exception = False
    answer = client.get("/failing/")
    assert answer.status_code == 500 and "Salo" not in answer.content.decode()


# Logs --------------------------------------------------------------------------------------------


def _formatted(message, *arguments, error=None):
    info = None
    if error:
        try:
            raise error
        except type(error):
            info = sys.exc_info()
    record = logging.LogRecord("solmu.edge", logging.ERROR, __file__, 1, message, arguments, info)
    return WithoutContent("%(levelname)s %(name)s %(message)s").format(record)


def test_a_log_line_tells_where_it_failed_and_not_with_which_values():
    text = _formatted("a page failed", error=ValueError("Aino Salo, 010170-960F"))
    assert "ValueError" in text and "test_wire.py" in text
    assert "Aino" not in text and "010170" not in text


def test_a_log_line_holds_no_identifier_of_a_record():
    text = _formatted("GET %s", "/desk/families/019f8a3c-7d11-7c3e-8a2b-5a8d1c9e4f70/map/")
    assert "019f8a3c" not in text


def test_a_chained_error_is_not_told_either():
    names = ["Ai" + "no", "Bert" + "ta"]  # the traceback quotes this source
    try:
        try:
            raise KeyError(names[0])
        except KeyError as first:
            raise RuntimeError(names[1]) from first
    except RuntimeError:
        record = logging.LogRecord("x", logging.ERROR, __file__, 1, "failed", (), sys.exc_info())
    text = WithoutContent("%(message)s").format(record)
    assert "Aino" not in text and "Bertta" not in text


def test_every_handler_uses_that_formatter():
    from solmu.config import settings as production

    assert {each["formatter"] for each in production.LOGGING["handlers"].values()} == {"plain"}
    assert production.LOGGING["formatters"]["plain"]["()"] == "solmu.config.logs.WithoutContent"
    assert (ROOT / "src/solmu/config/logs.py").exists()
