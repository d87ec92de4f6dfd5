"""The sign-in services in use: none, or the organisation's own by OpenID Connect."""

import os


def sign_in_services(domains: list[str]) -> dict:
    """What django-allauth calls SOCIALACCOUNT_PROVIDERS; of addresses in `domains` the service need not say more."""
    server = os.environ.get("SOLMU_OIDC_SERVER")
    if not server:
        return {}
    organisation = {
        "provider_id": "organisation",
        "name": os.environ.get("SOLMU_OIDC_NAME", "OpenID Connect"),
        "client_id": os.environ.get("SOLMU_OIDC_CLIENT_ID", ""),
        "secret": os.environ.get("SOLMU_OIDC_SECRET", ""),
        "settings": {"server_url": server.rstrip("/"), "oauth_pkce_enabled": True, "verified_email": domains},
    }
    return {"openid_connect": {"APPS": [organisation]}}
