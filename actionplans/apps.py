from django.apps import AppConfig


class ActionPlansConfig(AppConfig):
    name = "actionplans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Catalogues that only plans use are loaded with the registers of places."""
        from actionplans.register import FundSources, Indicators  # noqa: PLC0415
        from districts.register.load import REGISTERS  # noqa: PLC0415

        REGISTERS.extend([Indicators(), FundSources()])
