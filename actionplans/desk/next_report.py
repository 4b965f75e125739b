"""The report that somebody who has just filed one would take up next."""

from __future__ import annotations

from dataclasses import dataclass

from actionplans.deadlines import has_filed, owes
from actionplans.entered import asked_targets, lines_entered
from districts.models import District
from portal.accounts.models import User
from portal.conditions import open_q
from portal.periods import Quarter
from portal.terms import Action


@dataclass(frozen=True, slots=True)
class NextReport:
    """A district that still owes its report, and how many do."""

    district: District
    entered: int
    asked: int
    owed: int


def next_report(user: User, filed: District, quarter: Quarter) -> NextReport | None:
    """The next by name after the filed one, then from the first; none at the end."""
    mine = District.objects.living().filter(open_q(user, Action.PREPARE_REPORT))
    owing = mine.filter(owes(quarter), ~has_filed(quarter)).with_place()
    owed = sorted(owing.exclude(since__gt=quarter.last_day), key=_place_in_list)
    if not owed:
        return None
    later = [place for place in owed if _place_in_list(place) > _place_in_list(filed)]
    place = (later or owed)[0]
    asked = [target.line for target in asked_targets([place], quarter)]
    entered = lines_entered([place], quarter)
    return NextReport(
        district=place,
        entered=sum(line in entered for line in asked),
        asked=len(asked),
        owed=len(owed),
    )


def _place_in_list(district: District) -> tuple[str, int]:
    return district.name, district.pk
