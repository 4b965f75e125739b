"""The history of the registers, for reading: nothing in it can be changed."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from portal.models import Change


@admin.register(Change)
class ChangeAdmin(admin.ModelAdmin):
    list_display = (
        "changed_at",
        "register",
        "row",
        "field",
        "before",
        "after",
        "reason",
        "changed_by",
    )
    list_filter = ("register",)
    list_select_related = ("changed_by",)
    search_fields = ("=row", "field", "before", "after", "reason")
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> bool:
        return False
