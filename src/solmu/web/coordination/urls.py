"""Pages of coordination; each subject lists its own addresses."""

from solmu.web.coordination import (
    checklist,
    commitment,
    contact_points,
    experiences,
    forms,
    gaps,
    models,
    orientation,
    snapshots,
)

app_name = "coordination"
urlpatterns = [
    *models.urls,
    *checklist.urls,
    *experiences.urls,
    *orientation.urls,
    *commitment.urls,
    *snapshots.urls,
    *forms.urls,
    *gaps.urls,
    *contact_points.urls,
]
