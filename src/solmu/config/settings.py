"""Settings, each from the environment with a safe default; docs/reference/settings.md lists them."""

import os
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from solmu.config.database import database
from solmu.config.secret import read_secret
from solmu.config.services import sign_in_services

PACKAGE = Path(__file__).resolve().parents[1]
CHECKOUT = PACKAGE.parents[1]


def _flag(name: str, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "on"}


def _words(name: str, default: str = "") -> list[str]:
    return [word for word in os.environ.get(name, default).replace(",", " ").split() if word]


SOLMU_DATA = Path(os.environ.get("SOLMU_DATA", CHECKOUT / "var")).resolve()
SOLMU_DATA.mkdir(parents=True, exist_ok=True, mode=0o700)
SOLMU_SECRET = read_secret(SOLMU_DATA)
SOLMU_MODELS = Path(os.environ.get("SOLMU_MODELS", CHECKOUT / "operating-models"))
SOLMU_COMMITMENT = Path(os.environ.get("SOLMU_COMMITMENT", CHECKOUT / "commitment"))
SOLMU_PUBLIC_URL = os.environ.get("SOLMU_PUBLIC_URL", "")
SOLMU_DEMO = _flag("SOLMU_DEMO", False)
SOLMU_PRACTICE = _flag("SOLMU_PRACTICE", False)  # set by `solmu practice`: a region beside a real installation
SOLMU_PRACTICE_URL = os.environ.get("SOLMU_PRACTICE_URL", "")
SOLMU_REQUIRE_SECOND_FACTOR = _flag("SOLMU_REQUIRE_SECOND_FACTOR", not SOLMU_DEMO)
SOLMU_IDLE_MINUTES = int(os.environ.get("SOLMU_IDLE_MINUTES", "30"))
SOLMU_EMERGENCY_HOURS = int(os.environ.get("SOLMU_EMERGENCY_HOURS", "4"))
SOLMU_DRAFT_DAYS = int(os.environ.get("SOLMU_DRAFT_DAYS", "14"))
SOLMU_PERMISSION_DAYS = int(os.environ.get("SOLMU_PERMISSION_DAYS", "0"))  # proposed length of a permission; 0: none
SOLMU_ADVICE_DAYS = int(os.environ.get("SOLMU_ADVICE_DAYS", "30"))
SOLMU_MAP_WITHIN = int(os.environ.get("SOLMU_MAP_WITHIN", "5"))
SOLMU_NEXT_STEP_WITHIN = int(os.environ.get("SOLMU_NEXT_STEP_WITHIN", "5"))

DEBUG = False
SECRET_KEY = SOLMU_SECRET
ALLOWED_HOSTS = _words("SOLMU_HOSTS", "127.0.0.1 localhost [::1]")
CSRF_TRUSTED_ORIGINS = [SOLMU_PUBLIC_URL] if SOLMU_PUBLIC_URL else []
ROOT_URLCONF = "solmu.config.urls"
WSGI_APPLICATION = "solmu.config.wsgi.application"
AUTH_USER_MODEL = "accounts.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": database(os.environ.get("SOLMU_DATABASE_URL", ""), SOLMU_DATA)}

ROOMS = [
    "kernel",
    "accounts",
    "accesslog",
    "access",
    "organisations",
    "agenda",
    "operating_models",
    "directory",
    "families",
    "consents",
    "situations",
    "instruments",
    "casework",
    "referrals",
    "interop",
    "learning",
    "demo",
    "web",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # its widgets' templates, for forms drawn with Solmu's
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    *(f"solmu.{room}" for room in ROOMS),
]
MIDDLEWARE = [
    "solmu.web.edge.plain_page_without_database",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "solmu.web.edge.speak_the_persons_language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "solmu.web.edge.end_idle_sessions",
    "solmu.web.edge.ask_second_factor",
    "solmu.web.edge.know_who_acts",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            PACKAGE / "web" / audience / "templates" for audience in ("ui", "public", "desk", "coordination", "steward")
        ],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "solmu.web.ui.context.shell",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "solmu.web.templatetags.ui"],
        },
    }
]

# Language, time and form
LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("Finnish")), ("sv", _("Swedish")), ("en", _("English"))]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = "solmu.config.formats"
# Languages whose texts no native speaker has read yet; the foot of each page says so.
SOLMU_UNCHECKED_LANGUAGES = ("fi", "sv", "en")
USE_TZ = True
TIME_ZONE = "Europe/Helsinki"
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# Sign-in
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_REDIRECT_URL = "/desk/"
LOGIN_URL = "account_login"
ACCOUNT_ADAPTER = "solmu.web.public.signin.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "solmu.web.public.signin.ProviderAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Solmu"
SOCIALACCOUNT_PROVIDERS = sign_in_services(domains=_words("SOLMU_OIDC_DOMAINS"))
SESSION_COOKIE_AGE = 12 * 60 * 60
if SOLMU_PRACTICE:  # browsers tell servers apart by host, not by port: the region must not sign out the real pages
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "practice_sessionid", "practice_csrftoken"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# What is told after a deed may name somebody: it ends with the sign-in, and no cookie holds it.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": SOLMU_DATA / "cache"}
}

# The wire
HTTPS = SOLMU_PUBLIC_URL.startswith("https://")
BEHIND_PROXY = _flag("SOLMU_BEHIND_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0  # whose X-Forwarded-For tells who is slowed down
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "solmu.web.public.pages.form_without_key"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # the widest form: its items and what its groups may add, each with a unit
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}

STATIC_URL = "/static/"
STATIC_ROOT = SOLMU_DATA / "static"
STATICFILES_DIRS = [PACKAGE / "web" / "ui" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Mail tells only that something waits; server logs hold no content and no address of a page about a family.
EMAIL_BACKEND = os.environ.get("SOLMU_EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = os.environ.get("SOLMU_EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("SOLMU_EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("SOLMU_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("SOLMU_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = _flag("SOLMU_EMAIL_TLS", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("SOLMU_EMAIL_FROM", "solmu@localhost")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "solmu.config.logs.WithoutContent", "format": "%(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"solmu": {"level": "INFO"}, "django.server": {"handlers": [], "propagate": False}},
}
