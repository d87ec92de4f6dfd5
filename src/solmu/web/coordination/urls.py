"""Pages of coordination; each subject lists its own addresses."""

from solmu.web.coordination import contact_points, gaps, models

app_name = "coordination"
urlpatterns = [*models.urls, *gaps.urls, *contact_points.urls]
