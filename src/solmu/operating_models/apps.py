from django.apps import AppConfig


class OperatingModelsConfig(AppConfig):
    name = "solmu.operating_models"
    default_auto_field = "django.db.models.BigAutoField"
