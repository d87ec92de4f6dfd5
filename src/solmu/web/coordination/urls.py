"""Pages of coordination."""

app_name = "coordination"
urlpatterns = []
