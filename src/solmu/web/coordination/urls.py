"""Pages of coordination; each subject lists its own addresses."""

from solmu.web.coordination import commitment, contact_points, gaps, models, orientation, snapshots

app_name = "coordination"
urlpatterns = [
    *models.urls,
    *orientation.urls,
    *commitment.urls,
    *snapshots.urls,
    *gaps.urls,
    *contact_points.urls,
]
