"""The workers' pages; each subject lists its own addresses."""

from django.urls import path

from solmu.web import drafts
from solmu.web.desk import (
    closing,
    contacts,
    emergency,
    engagement,
    families,
    family_log,
    forms,
    guide,
    map as situation_map,
    network,
    orientation,
    overview,
    pair,
    people,
    permissions,
    promises,
    proposals,
    queue,
    referrals,
    search,
    steps,
    today,
)

app_name = "desk"
urlpatterns = [
    path("drafts/<slug:form>/", drafts.save, name="draft"),
    path("drafts/<slug:form>/<uuid:about>/", drafts.save, name="draft"),
    *today.urls,
    *search.urls,
    *contacts.urls,
    *families.urls,
    *overview.urls,
    *people.urls,
    *family_log.urls,
    *pair.urls,
    *steps.urls,
    *promises.urls,
    *network.urls,
    *proposals.urls,
    *closing.urls,
    *engagement.urls,
    *emergency.urls,
    *orientation.urls,
    *situation_map.urls,
    *forms.urls,
    *permissions.urls,
    *referrals.urls,
    *queue.urls,
    *guide.urls,
]
