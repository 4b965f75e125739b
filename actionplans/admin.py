"""The catalogues from which plans choose, kept by headquarters' administrators."""

from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from actionplans.models import FundSource, Indicator, Target
from districts.admin import RegisterAdmin


@admin.register(Indicator)
class IndicatorAdmin(RegisterAdmin):
    """Once a target uses it, what its figures mean stays."""

    list_display = ("name", "unit", "kind", "direction", "frequency")
    list_filter = ("kind", "direction", "frequency")
    search_fields = ("name", "name_hi", "definition")
    fixed = ("slug",)

    def get_readonly_fields(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> tuple[str, ...]:
        used = obj is not None and Target.objects.filter(indicator=obj.pk).exists()
        meaning = ("unit", "kind", "direction") if used else ()
        return (*super().get_readonly_fields(request, obj), *meaning)


@admin.register(FundSource)
class FundSourceAdmin(RegisterAdmin):
    list_display = ("name", "name_hi")
    search_fields = ("name", "name_hi")
