"""Figures stated by others, kept as they were stated and never mixed with ours."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext_lazy as _

from districts.models.state import District, State


class ExportFigure(models.Model):
    """An export value as reported: its digits and unit are kept, never converted.

    Neither State nor district means India. Revisions are new rows.
    """

    state = models.ForeignKey(
        State, models.PROTECT, null=True, blank=True, related_name="export_figures"
    )
    district = models.ForeignKey(
        District, models.PROTECT, null=True, blank=True, related_name="export_figures"
    )
    financial_year = models.CharField(_("period"), max_length=20, blank=True)
    value = models.CharField(_("value as reported"), max_length=20)
    unit = models.CharField(_("unit"), max_length=20)
    source = models.CharField(_("source"), max_length=20)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("export figure")
        verbose_name_plural = _("export figures")
        ordering = ["-financial_year", "pk"]

    def __str__(self) -> str:
        return f"{self.value} {self.unit}, {self.financial_year}"


class ProgrammeCount(models.Model):
    """A count of the programme stated by Government: a day, a measure, a source."""

    class Measure(models.TextChoices):
        SCOPE = "districts_in_scope", _("Districts in scope")
        IDENTIFIED = (
            "districts_with_products_identified",
            _("Districts with products identified"),
        )
        DRAFTS = "draft_action_plans_prepared", _("Draft action plans prepared")
        ADOPTED = "action_plans_adopted_by_depc", _("Action plans adopted by DEPCs")
        NOTIFIED = (
            "action_plans_formally_notified_by_depc",
            _("Action plans formally notified by DEPCs"),
        )
        SEPCS = (
            "states_uts_with_state_level_export_promotion_committee",
            _("States and UTs with a State committee"),
        )
        COMMITTEES = (
            "states_uts_with_sepc_and_depcs_constituted",
            _("States and UTs with State and district committees"),
        )
        LACKING = (
            "states_uts_with_depcs_not_notified",
            _("States and UTs without notified district committees"),
        )
        STRATEGIES = (
            "states_uts_with_export_strategy",
            _("States and UTs with an export strategy"),
        )

    on = models.DateField(_("as on"))
    measure = models.CharField(_("measure"), max_length=60, choices=Measure)
    value = models.PositiveIntegerField(_("stated"))
    source = models.TextField(_("source"))

    class Meta:
        verbose_name = _("count stated by Government")
        verbose_name_plural = _("counts stated by Government")
        ordering = ["on", "measure"]
        constraints = [
            models.UniqueConstraint(
                name="programmecount_once", fields=["on", "measure"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()}: {self.value}"

    @property
    def address(self) -> str:
        """Where the source can be read; some sources add words of ours."""
        first = self.source.partition(" ")[0]
        return first if first.startswith("https://") else ""

    @property
    def publisher(self) -> str:
        return (urlsplit(self.address).hostname or "").removeprefix("www.")

    @property
    def remark(self) -> str:
        return self.source.removeprefix(self.address).strip(" ()")
