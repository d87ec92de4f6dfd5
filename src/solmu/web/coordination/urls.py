"""Pages of coordination; each subject lists its own addresses."""

from solmu.web.coordination import (
    adaptation,
    checklist,
    commitment,
    contact_points,
    experiences,
    forms,
    gaps,
    models,
    orientation,
    snapshots,
    upgrade,
    versions,
)

app_name = "coordination"
urlpatterns = [
    *models.urls,
    *versions.urls,
    *adaptation.urls,
    *upgrade.urls,
    *checklist.urls,
    *experiences.urls,
    *orientation.urls,
    *commitment.urls,
    *snapshots.urls,
    *forms.urls,
    *gaps.urls,
    *contact_points.urls,
]
