from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "solmu.consents"
    default_auto_field = "django.db.models.BigAutoField"
