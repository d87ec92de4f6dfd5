from django.apps import AppConfig


class SituationsConfig(AppConfig):
    name = "solmu.situations"
    default_auto_field = "django.db.models.BigAutoField"
