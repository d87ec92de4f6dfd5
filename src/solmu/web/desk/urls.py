"""The workers' pages; each subject lists its own addresses."""

from django.urls import path

from solmu.web import drafts
from solmu.web.desk import emergency, map as situation_map, network, promises, today

app_name = "desk"
urlpatterns = [
    path("drafts/<slug:form>/", drafts.save, name="draft"),
    path("drafts/<slug:form>/<uuid:about>/", drafts.save, name="draft"),
    *today.urls,
    *promises.urls,
    *network.urls,
    *emergency.urls,
    *situation_map.urls,
]
