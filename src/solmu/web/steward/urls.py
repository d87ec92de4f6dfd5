"""Pages of steward."""

app_name = "steward"
urlpatterns = []
