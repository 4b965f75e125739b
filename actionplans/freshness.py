"""How well a district keeps its quarterly reports, in one of four words."""

from collections.abc import Container, Mapping
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
    if behind <= 0 and (not current or any(map(is_half_full, current))):
        return Freshness.FRESH
    return Freshness.AGEING


def lifted_by(word: Freshness, filed: Container[Quarter], on: date) -> Quarter | None:
    """The quarter whose report, with half its figures, makes a district fresh at once.

    One report is always enough, however far behind the district is: that of the newest
    due quarter or, where that one is filed with too few figures, of the quarter after
    it. None for who is fresh, and where that quarter is not over yet.
    """
    if word == Freshness.FRESH:
        return None
    for quarter in (Quarter.last_due(on), Quarter.last_closed(on)):
        if quarter not in filed:
            return quarter
    return None


def is_half_full(report: tuple[int, int]) -> bool:
    given, asked = report
    return 2 * given >= asked
