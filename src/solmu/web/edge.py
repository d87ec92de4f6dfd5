"""What stands between the wire and the pages: who acts, in which language, and what a refusal looks like."""

import logging
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import OperationalError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation

from solmu.access.actor import Actor
from solmu.access.gate import AccessRefused, OutOfScope
from solmu.accesslog import ledger
from solmu.kernel import clock
from solmu.organisations.models import Membership
from solmu.organisations.queries import actor_of, live_memberships
from solmu.web.exempt import NEED_NO_GATE
from solmu.web.once import done_before

_log = logging.getLogger("solmu.edge")
_LAST_SEEN = "last_seen"
ACTIVE_UNIT = "unit"


def plain_page_without_database(get_response):
    """A page in plain words when the database cannot be reached; no trace, no detail."""

    def middleware(request):
        try:
            return get_response(request)
        except OperationalError:
            _log.error("the database cannot be reached")
            return HttpResponse(_no_database(), status=503, headers={"Retry-After": "30"})

    def process_exception(request, error):
        if isinstance(error, OperationalError):
            _log.error("the database cannot be reached")
            return HttpResponse(_no_database(), status=503, headers={"Retry-After": "30"})
        return None

    middleware.process_exception = process_exception
    return middleware


def _no_database() -> str:
    return (settings.PACKAGE / "web" / "ui" / "templates" / "ui" / "no_database.html").read_text()


def speak_the_persons_language(get_response):
    """The language of the person's choice: the account's, the cookie's, the browser's, Finnish."""

    def middleware(request):
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        known = dict(settings.LANGUAGES)
        language = chosen if chosen in known else translation.get_language_from_request(request)
        with translation.override(language if language in known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response

    return middleware


def end_idle_sessions(get_response):
    """Signs out after SOLMU_IDLE_MINUTES without a request; the time is written at most once a minute."""

    def middleware(request):
        if request.user.is_authenticated:
            now = int(clock.now().timestamp())
            seen = request.session.get(_LAST_SEEN, now)
            if now - seen > settings.SOLMU_IDLE_MINUTES * 60:
                logout(request)
                asked = urlencode({"idle": 1, "next": _page_of(request)}, safe="/")
                return redirect(f"{reverse('account_login')}?{asked}")
            if now - seen >= 60 or _LAST_SEEN not in request.session:
                request.session[_LAST_SEEN] = now
        return get_response(request)

    return middleware


def _page_of(request) -> str:
    """The page to come back to after signing in: what was asked for, or where the form that was sent stood."""
    if request.method == "GET":
        return request.get_full_path()
    stood = urlsplit(request.headers.get("Referer", ""))
    if stood.netloc != request.get_host():
        return reverse("public:start")
    return stood._replace(scheme="", netloc="", fragment="").geturl()


def ask_second_factor(get_response):
    """Where a second factor is required, nothing opens before it has been set up."""
    from allauth.mfa.utils import is_mfa_enabled

    def middleware(request):
        required = settings.SOLMU_REQUIRE_SECOND_FACTOR and request.user.is_authenticated
        elsewhere = not request.path.startswith(("/accounts/", settings.STATIC_URL))
        if required and elsewhere and not request.session.get("second_factor"):
            if not is_mfa_enabled(request.user):
                return redirect("mfa_activate_totp")
            request.session["second_factor"] = True
        return get_response(request)

    return middleware


def know_who_acts(get_response):
    """Makes `request.actor`, answers refusals and logs them, and fails a page that never asked the gate.

    Nobody's record is asked for before signing in, and no answer to somebody signed in is kept by a browser or a proxy.
    """

    def middleware(request):
        request.actor, request.memberships = _actor(request)
        response = get_response(request)
        if _shows_without_asking(request, response):
            _log.error("a page answered without asking the gate")
            response = render(request, "ui/failed.html", status=500)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            response.content = render(request, "ui/only_sent.html").content
        if request.user.is_authenticated:
            response.headers["Cache-Control"] = "no-store"
        return response

    def process_view(request, view, args, kwargs):
        if _holds_nul(request):
            return render(request, "ui/bad_request.html", status=422)
        if _needs_signing_in(request):
            return redirect_to_login(_page_of(request))
        return _sent_before(request)

    def process_exception(request, error):
        if not isinstance(error, AccessRefused):
            return None
        ledger.append([error.line])
        page, status = ("ui/not_found.html", 404) if isinstance(error, OutOfScope) else ("ui/not_permitted.html", 403)
        return render(request, page, {"reason": error}, status=status)

    middleware.process_view = process_view
    middleware.process_exception = process_exception
    return middleware


def _actor(request) -> tuple[Actor, list[Membership]]:
    now = clock.now()
    if not request.user.is_authenticated:
        return Actor(at=now), []
    memberships = list(live_memberships(request.user.id, now))
    return actor_of(request.user, memberships, at=now, unit_id=request.session.get(ACTIVE_UNIT)), memberships


def _shows_without_asking(request, response) -> bool:
    match = request.resolver_match
    if match is None or not request.user.is_authenticated or response.status_code >= 300:
        return False
    return not request.actor.asked and match.view_name not in NEED_NO_GATE and not match.route.startswith("accounts/")


def _needs_signing_in(request) -> bool:
    """Every page but the public ones and those of signing in itself, which have no namespace."""
    return not request.user.is_authenticated and request.resolver_match.namespace not in {"", "public"}


def _sent_before(request):
    """Where a form that is sent again led the first time; its page may be gone for its writer by now."""
    return done_before(request) if request.method == "POST" and request.user.is_authenticated else None


def _holds_nul(request) -> bool:
    """Whether something sent holds a NUL, which nobody can type and no database keeps as text."""
    sent = [values for each in (request.GET, request.POST) for _name, values in each.lists()]
    return any("\x00" in value for values in sent for value in values)
