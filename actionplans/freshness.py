"""How well a district keeps its quarterly reports, in one of four words."""

from collections.abc import Mapping
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.periods import Quarter


class Freshness(TextChoices):
    FRESH = "fresh", _("Fresh")
    AGEING = "ageing", _("Ageing")
    STALE = "stale", _("Stale")
    NEVER = "never", _("Never")


def freshness(
    filed: Mapping[Quarter, tuple[int, int]],
    on: date,
    first_owed: Quarter | None = None,
) -> Freshness:
    """The freshness on a day of a district with these filed reports.

    Each report comes with the figures (or nils) it gives and those it was asked for.
    A report filed before it fell due is as good as the newest due one. Quarters before
    the first one the district owed, if there is such a limit, put it no further behind;
    who has never filed reads "never" even while nothing is owed.
    """
    if not filed:
        return Freshness.NEVER
    newest_due = Quarter.last_due(on)
    behind = newest_due.quarters_after(max(filed))
    if first_owed:
        behind = min(behind, newest_due.quarters_after(first_owed) + 1)
    if behind > 1:
        return Freshness.STALE
    current = [report for quarter, report in filed.items() if quarter >= newest_due]
    if behind <= 0 and (not current or any(map(_is_half_full, current))):
        return Freshness.FRESH
    return Freshness.AGEING


def _is_half_full(report: tuple[int, int]) -> bool:
    given, asked = report
    return 2 * given >= asked
