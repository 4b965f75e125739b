"""What a workbook has written, for the page that shows it afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from actionplans.merging import change_in_words, figure_in_words
from actionplans.models import FilledWorkbook, Intervention, Report, Target
from actionplans.sheet import lines_of
from actionplans.workbook.layout import ACTIONS, FIGURES, TEXTS
from districts.models import District
from portal.naming import local_name


@dataclass(frozen=True, slots=True)
class Written:
    """One thing that it changed, from what to what."""

    district: District
    what: str
    before: str
    after: str


def written(workbook: FilledWorkbook) -> list[Written]:
    """In the order of the workbook; three queries."""
    records = workbook.written
    places = District.objects.with_place().in_bulk(r["district"] for r in records)
    targets = _newest(Target.objects.with_names(), _lines(records, FIGURES.key))
    actions = _newest(Intervention.objects.all(), _lines(records, ACTIONS.key))
    texts = dict(zip(TEXTS, (label for label, _t in lines_of(Report())), strict=True))
    found = []
    for record in records:
        what, (before, after) = record["line"], (record["was"], record["now"])
        if target := targets.get(what):
            what = local_name(target.indicator)
            before = figure_in_words(target.kind, before)
            after = figure_in_words(target.kind, after)
        elif action := actions.get(what):
            what = action.action
            before, after = change_in_words(before), change_in_words(after)
        else:
            what = texts.get(what, what)
        place = places[record["district"]]
        found.append(Written(place, what, before or _nothing(), after or _nothing()))
    return found


def _lines(records: Iterable[Mapping[str, Any]], tab: str) -> Iterator[str]:
    return (record["line"] for record in records if record["tab"] == tab)


def _newest(rows: Any, lines: Iterable[str]) -> dict[str, Any]:
    """Of the versions of a line the newest, by the line."""
    found = rows.filter(line__in=list(lines)).order_by("pk")
    return {str(row.line_id): row for row in found}


def _nothing() -> str:
    return _("nothing")
