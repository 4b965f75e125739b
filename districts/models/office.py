"""Offices: Regional Authorities, their jurisdictions, and other agencies."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from districts.models.state import District, State
from portal.naming import local_name


class RegionalAuthority(models.Model):
    """An office of the Directorate General of Foreign Trade."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    name_hi = models.CharField(_("name in Hindi"), max_length=80, blank=True)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    city = models.CharField(_("city"), max_length=60)
    state = models.ForeignKey(
        State, models.PROTECT, verbose_name=_("State"), related_name="ras"
    )
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    email = models.EmailField(_("e-mail of the office"), blank=True)
    notes = models.TextField(_("notes"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("Regional Authority")
        verbose_name_plural = _("Regional Authorities")
        ordering = ["name"]

    def __str__(self) -> str:
        return gettext("RA %(city)s") % {"city": local_name(self)}

    def get_absolute_url(self) -> str:
        return reverse("regional-authority", args=[self.slug])


class JurisdictionQuerySet(models.QuerySet["Jurisdiction"]):
    def on(self, day: dt.date) -> JurisdictionQuerySet:
        return self.filter(
            Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gt=day)
        )


class Jurisdiction(models.Model):
    """Which Regional Authority answers for a district, from when, by which order.

    An empty `since` reaches as far back as known. The database refuses two open rows
    for a district and rows that overlap. `provisional` rows are a guess until the
    official list replaces them; `basis` says how they were guessed.
    """

    ra = models.ForeignKey(
        RegionalAuthority, models.PROTECT, related_name="jurisdictions"
    )
    district = models.ForeignKey(District, models.PROTECT, related_name="jurisdictions")
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until (first day after)"), null=True, blank=True)
    order_number = models.CharField(_("order number"), max_length=60, blank=True)
    is_provisional = models.BooleanField(_("provisional"), default=False)
    basis = models.CharField(_("basis"), max_length=80, blank=True)

    objects = JurisdictionQuerySet.as_manager()

    class Meta:
        verbose_name = _("jurisdiction")
        verbose_name_plural = _("jurisdictions")
        ordering = ["district__name", "since"]
        constraints = [
            models.UniqueConstraint(
                name="jurisdiction_one_open",
                fields=["district"],
                condition=Q(until=None),
                violation_error_message=_(
                    "Another Regional Authority holds this district: end that first."
                ),
            ),
            models.CheckConstraint(
                name="jurisdiction_ends_after_it_starts",
                condition=Q(until=None) | Q(since=None) | Q(until__gt=F("since")),
                violation_error_message=_(
                    "A jurisdiction cannot end before it starts."
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ra}: {self.district}"


class Agency(models.Model):
    """An office or body that owns a target, leads an action or sits in a committee.

    Named by its kind ("District Industries Centre"), not once for each district.
    """

    name = models.CharField(_("name"), max_length=120, unique=True)
    name_hi = models.CharField(_("name in Hindi"), max_length=160, blank=True)
    short_name = models.CharField(_("short name"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
