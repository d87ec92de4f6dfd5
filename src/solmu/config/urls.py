"""Every address of Solmu, by audience."""

from django.urls import include, path

from solmu.web.public import pages

urlpatterns = [
    path("", include("solmu.web.public.urls")),
    path("accounts/", include("solmu.web.public.signin_urls")),
    path("desk/", include("solmu.web.desk.urls")),
    path("coordination/", include("solmu.web.coordination.urls")),
    path("steward/", include("solmu.web.steward.urls")),
]
handler400 = pages.bad_request
handler403 = pages.not_permitted
handler404 = pages.not_found
handler500 = pages.failed
