"""Places: States, districts, and where districts went."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from districts.models.office import RegionalAuthority


class State(models.Model):
    """A State or Union Territory, with what its government has settled for itself.

    Points are degrees north and east. An empty quorum means that chair (or delegate),
    convener and Regional Authority must be recorded as present.
    """

    class Kind(models.TextChoices):
        STATE = "state", _("State")
        UT = "ut", _("Union Territory")

    lgd_code = models.PositiveIntegerField(_("LGD code"), unique=True)
    name = models.CharField(_("name"), max_length=80, unique=True)
    name_hi = models.CharField(_("name in Hindi"), max_length=80, blank=True)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    iso_code = models.CharField(_("ISO 3166-2 code"), max_length=6, unique=True)
    kind = models.CharField(_("kind"), max_length=5, choices=Kind)
    capital = models.CharField(_("capital"), max_length=80, blank=True)
    latitude = models.FloatField(_("latitude"))
    longitude = models.FloatField(_("longitude"))
    officers_edit_plans = models.BooleanField(
        _("State officers may edit drafts"), default=False
    )
    officers_endorse_plans = models.BooleanField(
        _("the State endorses plans under assessment"), default=False
    )
    quorum = models.PositiveSmallIntegerField(
        _("seats that make a quorum"), null=True, blank=True
    )

    class Meta:
        verbose_name = _("State")
        verbose_name_plural = _("States")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="state_kind_known", condition=Q(kind__in=["state", "ut"])
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("state", args=[self.slug])


class DistrictQuerySet(models.QuerySet["District"]):
    def living(self, on: dt.date | None = None) -> DistrictQuerySet:
        """Those that exist on the day. An empty `since` is before anything we count."""
        day = on or timezone.localdate()
        return self.filter(
            Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gt=day)
        )

    def with_place(self) -> DistrictQuerySet:
        return self.select_related("state")


class District(models.Model):
    """A district, living or former. `until` is the first day without it.

    `since_stated` and `until_stated` keep what the source says where it gives only a
    year or a month; the date is then the first day of it (the last for `until`).
    `aliases` are other spellings, parted by "|". `column` and `row` place its hexagon
    on the tile map; odd rows are shifted right by half a tile.
    """

    state = models.ForeignKey(
        State, models.PROTECT, verbose_name=_("State"), related_name="districts"
    )
    lgd_code = models.PositiveIntegerField(
        _("LGD code"), unique=True, null=True, blank=True
    )
    name = models.CharField(_("name"), max_length=80)
    name_hi = models.CharField(_("name in Hindi"), max_length=80, blank=True)
    slug = models.SlugField(_("address"), max_length=80)
    aliases = models.TextField(_("other spellings"), blank=True)
    headquarters = models.CharField(_("headquarters"), max_length=80, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    column = models.PositiveSmallIntegerField(_("tile column"), null=True, blank=True)
    row = models.PositiveSmallIntegerField(_("tile row"), null=True, blank=True)
    since = models.DateField(_("since"), null=True, blank=True)
    since_stated = models.CharField(max_length=20, blank=True)
    until = models.DateField(_("until (first day after)"), null=True, blank=True)
    until_stated = models.CharField(max_length=20, blank=True)
    formed_from = models.CharField(_("formed from"), max_length=120, blank=True)
    provenance = models.TextField(_("provenance"), blank=True)

    objects = DistrictQuerySet.as_manager()

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["name", "state__name"]
        constraints = [
            models.UniqueConstraint(
                name="district_address_once", fields=["state", "slug"]
            ),
            models.UniqueConstraint(
                name="district_name_once", fields=["state", "name"]
            ),
            models.UniqueConstraint(
                name="district_tile_once",
                fields=["column", "row"],
                condition=Q(until=None),
            ),
            models.CheckConstraint(
                name="district_ends_after_it_starts",
                condition=Q(until=None) | Q(since=None) | Q(until__gt=F("since")),
                violation_error_message=_("A district cannot end before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("district", args=[self.state.slug, self.slug])

    @property
    def alias_list(self) -> list[str]:
        return [alias for alias in self.aliases.split("|") if alias]

    def lives_on(self, day: dt.date) -> bool:
        return (self.since is None or self.since <= day) and (
            self.until is None or day < self.until
        )

    def regional_authority(self, on: dt.date | None = None) -> RegionalAuthority | None:
        """The office responsible that day; one query."""
        rows = self.jurisdictions.on(on or timezone.localdate()).select_related("ra")
        found = rows.first()
        return found.ra if found else None


class Succession(models.Model):
    """One district that went, wholly or in part, into another."""

    before = models.ForeignKey(District, models.PROTECT, related_name="successors")
    after = models.ForeignKey(District, models.PROTECT, related_name="predecessors")
    on = models.DateField(_("on"), null=True, blank=True)
    order_number = models.CharField(_("order number"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ["before", "after"]
        constraints = [
            models.UniqueConstraint(name="succession_once", fields=["before", "after"]),
            models.CheckConstraint(
                name="succession_of_another", condition=~Q(before=F("after"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class ProgrammeTagQuerySet(models.QuerySet["ProgrammeTag"]):
    def current(self) -> ProgrammeTagQuerySet:
        """Those that hold today."""
        today = timezone.localdate()
        return self.filter(
            Q(since=None) | Q(since__lte=today), Q(until=None) | Q(until__gt=today)
        )


class ProgrammeTag(models.Model):
    """A programme that names the district, with its dates and source."""

    class Tag(models.TextChoices):
        FOCUS = "focus", _("Focus district")
        TEE = "tee", _("Town of Export Excellence")
        ECEH = "eceh", _("E-commerce export hub")
        ASPIRATIONAL = "aspirational", _("Aspirational district")

    district = models.ForeignKey(District, models.PROTECT, related_name="tags")
    tag = models.CharField(_("programme"), max_length=15, choices=Tag)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until (first day after)"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)

    objects = ProgrammeTagQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme tag")
        verbose_name_plural = _("programme tags")
        ordering = ["tag", "district__name"]
        constraints = [
            models.UniqueConstraint(name="tag_once", fields=["district", "tag"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_tag_display()}: {self.district}"
