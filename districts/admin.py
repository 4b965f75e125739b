"""The registers, kept by headquarters' administrators: every change with its reason.

Nothing is deleted: what ends gets its last day. A field that was changed here is no
longer decided by the files of facts (see `districts.register.load`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from districts.models import (
    Agency,
    District,
    GIRegistration,
    HSCode,
    Jurisdiction,
    Product,
    ProgrammeTag,
    RegionalAuthority,
    ServiceCategory,
    State,
    Succession,
)
from portal import history
from portal.admin import ReadOnlyAdmin
from portal.forms import ModelForm


class RegisterForm(ModelForm):
    """A row of a register, and why it is changed."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_(
            "Kept in the history with your name: the order, or what was wrong."
        ),
    )


class JurisdictionForm(RegisterForm):
    def clean(self) -> dict[str, Any]:
        """The database refuses overlapping spans; here that is said in words."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        district = cleaned.get("district") or self.instance.district_id
        others = Jurisdiction.objects.filter(district=district)
        others = others.exclude(pk=self.instance.pk).select_related("ra")
        if since:
            others = others.filter(Q(until=None) | Q(until__gt=since))
        if until:
            others = others.filter(Q(since=None) | Q(since__lt=until))
        if other := others.first():
            raise ValidationError(
                _("%(ra)s holds this district at that time: end that first."),
                params={"ra": other.ra},
            )
        return cleaned


class RegisterAdmin(admin.ModelAdmin):
    """A register. A row keeps its `fixed` fields for good: others know it by them."""

    form = RegisterForm
    actions = None
    list_per_page = 50
    fixed: ClassVar[tuple[str, ...]] = ()

    def has_delete_permission(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> bool:
        return False

    def get_readonly_fields(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> tuple[str, ...]:
        return self.fixed if obj else ()

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> dict[str, Sequence[str]]:
        slugged = "slug" in self.fixed and obj is None
        return {"slug": ("name",)} if slugged else {}

    def save_model(
        self, request: HttpRequest, obj: Any, form: Any, change: bool
    ) -> None:
        """Save, and write each field that changed into the history."""
        changed = [name for name in form.changed_data if name != "reason"]
        if change and not changed:
            return
        stored = type(obj)._default_manager.get(pk=obj.pk) if change else None
        before = {name: _value(stored, name) for name in changed}
        super().save_model(request, obj, form, change)
        reason = form.cleaned_data["reason"]
        history.record(
            [
                history.change(obj, name, value, form.cleaned_data[name], reason=reason)
                for name, value in before.items()
            ],
            by=request.user,  # type: ignore[arg-type]
        )


def _value(row: models.Model | None, name: str) -> Any:
    """What the stored row says; text of its links, which are about to change."""
    value = getattr(row, name, None)
    return history.as_text(value.all()) if isinstance(value, models.Manager) else value


@admin.register(State)
class StateAdmin(RegisterAdmin):
    list_display = ("name", "kind", "capital", "quorum")
    list_filter = ("kind",)
    search_fields = ("name", "name_hi")
    fixed = ("lgd_code", "slug", "iso_code", "kind")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False


@admin.register(District)
class DistrictAdmin(RegisterAdmin):
    list_display = ("name", "state", "lgd_code", "since", "until")
    list_filter = ("state",)
    list_select_related = ("state",)
    search_fields = ("name", "name_hi", "aliases")
    # Tiles are laid out for the whole map at once.
    exclude = ("column", "row")
    fixed = ("slug", "state")


@admin.register(Succession)
class SuccessionAdmin(RegisterAdmin):
    list_display = ("before", "after", "on", "order_number")
    list_select_related = ("before", "after")
    search_fields = ("before__name", "after__name")
    autocomplete_fields = ("before", "after")
    fixed = ("before", "after")


@admin.register(ProgrammeTag)
class ProgrammeTagAdmin(RegisterAdmin):
    list_display = ("district", "tag", "since", "until")
    list_filter = ("tag",)
    list_select_related = ("district",)
    search_fields = ("district__name",)
    autocomplete_fields = ("district",)
    fixed = ("district", "tag")


@admin.register(RegionalAuthority)
class RegionalAuthorityAdmin(RegisterAdmin):
    list_display = ("name", "city", "state", "email")
    list_filter = ("state",)
    list_select_related = ("state",)
    search_fields = ("name", "name_hi", "city")
    fixed = ("slug",)


@admin.register(Jurisdiction)
class JurisdictionAdmin(RegisterAdmin):
    form = JurisdictionForm
    list_display = ("district", "ra", "since", "until", "is_provisional")
    list_filter = ("is_provisional", "ra")
    list_select_related = ("district", "ra")
    search_fields = ("district__name", "ra__name")
    autocomplete_fields = ("district",)
    fixed = ("district",)


@admin.register(Agency)
class AgencyAdmin(RegisterAdmin):
    list_display = ("name", "short_name")
    search_fields = ("name", "name_hi", "short_name")
    fixed = ("name",)


@admin.register(Product)
class ProductAdmin(RegisterAdmin):
    list_display = ("name", "sector", "kind", "variety_of", "gi_number")
    list_filter = ("sector", "kind", "is_general")
    list_select_related = ("variety_of",)
    search_fields = ("name", "name_hi", "other_names")
    autocomplete_fields = ("hs_codes", "service_category", "variety_of")
    fixed = ("slug",)


@admin.register(GIRegistration)
class GIRegistrationAdmin(RegisterAdmin):
    list_display = ("number", "name", "goods_type")
    list_filter = ("goods_type", "states")
    search_fields = ("name", "=number")
    autocomplete_fields = ("states", "districts")
    fixed = ("number", "name")


@admin.register(HSCode)
class HSCodeAdmin(ReadOnlyAdmin):
    list_display = ("code", "description")
    search_fields = ("^code", "description")


@admin.register(ServiceCategory)
class ServiceCategoryAdmin(ReadOnlyAdmin):
    list_display = ("code", "name", "scheme")
    list_filter = ("scheme",)
    search_fields = ("^code", "name")
