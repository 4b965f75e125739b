"""The history of the registers and what went out by mail: for reading only."""

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from portal.models import Change, OutgoingMail


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows that are looked at and never changed here."""

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


@admin.register(Change)
class ChangeAdmin(ReadOnlyAdmin):
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


@admin.register(OutgoingMail)
class OutgoingMailAdmin(ReadOnlyAdmin):
    list_display = (
        "written_at",
        "user",
        "subject",
        "status",
        "attempts",
        "sent_at",
        "error",
    )
    list_filter = ("status",)
    list_select_related = ("user",)
    search_fields = ("=key", "user__email", "user__name", "subject")
