"""What can be measured, and where money can come from: catalogues of headquarters."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from actionplans.progress import Direction, Frequency, Kind


class Indicator(models.Model):
    """A thing that can be counted, and how: its unit, kind, direction and rhythm.

    Values are hundredths of `unit`.
    """

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_hi = models.CharField(_("name in Hindi"), max_length=160, blank=True)
    unit = models.CharField(_("unit"), max_length=30)
    unit_hi = models.CharField(_("unit in Hindi"), max_length=40, blank=True)
    kind = models.CharField(_("how it counts"), max_length=10, choices=Kind)
    direction = models.CharField(_("direction"), max_length=5, choices=Direction)
    frequency = models.CharField(_("reported every"), max_length=10, choices=Frequency)
    definition = models.TextField(_("definition"), blank=True)
    usual_source = models.CharField(_("usual source"), max_length=200, blank=True)
    usual_source_hi = models.CharField(
        _("usual source in Hindi"), max_length=200, blank=True
    )

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="indicator_kind_known", condition=Q(kind__in=Kind.values)
            ),
            models.CheckConstraint(
                name="indicator_total_and_done_go_up",
                condition=~Q(kind__in=[Kind.TOTAL, Kind.DONE])
                | Q(direction=Direction.UP),
                violation_error_message=_("What is summed or done can only go up."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})"


class FundSource(models.Model):
    """A scheme or budget that can pay for an intervention."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    name_hi = models.CharField(_("name in Hindi"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("fund source")
        verbose_name_plural = _("fund sources")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
