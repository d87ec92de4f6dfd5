"""The data protection officer's pages."""

from solmu.web.steward import emergencies, log

app_name = "steward"
urlpatterns = [*log.urls, *emergencies.urls]
