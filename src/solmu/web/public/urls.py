"""Pages that everybody may open."""

from django.urls import path

from solmu.web.public import choices, library, package_format, pages, practice

app_name = "public"
urlpatterns = [
    path("", pages.start, name="start"),
    path("about/", pages.about, name="about"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("health/", pages.health, name="health"),
    path("language/", choices.language, name="language"),
    path("theme/", choices.theme, name="theme"),
    path("unit/", choices.unit, name="unit"),
    *package_format.urls,
    *library.urls,
    *practice.urls,
]
