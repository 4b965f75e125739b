"""What would become of a filled workbook, compared with the reports as they stand now.

What was not touched is left alone, whoever changed it meanwhile. What was touched here
and there is a clash, and somebody chooses. What cannot be taken is a fault by its cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from actionplans.asked import ActionRow, FigureRow
from actionplans.merging import Outcome, outcome
from actionplans.reporting import not_open
from actionplans.sheet import Sheet
from actionplans.workbook.item import About, Item, Text, stored_stamp
from actionplans.workbook.layout import (
    ACTIONS,
    FIGURES,
    LINE,
    PLACE,
    QUARTER,
    TEXTS,
    WAS,
    WAS_TEXT,
    WORDS,
)
from actionplans.workbook.prefilled import plain
from actionplans.workbook.read import Row
from actionplans.workbook.said import Fault, Said, change_said, figure_said, text_said
from districts.models import District
from portal.numbers import whole_of
from portal.periods import Quarter, written
from portal.spelling import fold


@dataclass(slots=True)
class Trial:
    """All that the workbook would change, and all that is wrong with it."""

    items: list[Item] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def clashes(self) -> list[Item]:
        return [item for item in self.items if item.is_clash]

    @property
    def questions(self) -> list[Item]:
        return [item for item in self.items if item.question]

    @property
    def districts(self) -> list[District]:
        return [district for district, _items in by_district(self.items)]

    @property
    def asked(self) -> list[Item]:
        """What must be answered before it can be taken over."""
        return [item for item in self.items if item.is_clash or item.question]

    @property
    def plain(self) -> list[Item]:
        asked = {item.key for item in self.asked}
        return [item for item in self.items if item.key not in asked]


def by_district(items: Iterable[Item]) -> list[tuple[District, list[Item]]]:
    found: dict[int, tuple[District, list[Item]]] = {}
    for item in items:
        district = item.sheet.district
        found.setdefault(district.pk, (district, []))[1].append(item)
    return list(found.values())


class Reports:
    """The reports of a quarter, by what a row of the workbook calls them."""

    def __init__(self, sheets: Iterable[Sheet], quarter: Quarter) -> None:
        self.quarter = quarter
        self.sheets = {sheet.district.pk: sheet for sheet in sheets}
        self.closed = {
            pk: not_open(sheet.district, quarter) for pk, sheet in self.sheets.items()
        }
        self._rows: dict[tuple[str, int, str], About] = {}
        for pk, sheet in self.sheets.items():
            for figure in sheet.figures:
                self._rows[FIGURES.key, pk, str(figure.target.line_id)] = figure
            for action in sheet.actions:
                self._rows[ACTIONS.key, pk, str(action.intervention.line_id)] = action
            for name in TEXTS:
                self._rows[WORDS.key, pk, name] = Text(sheet, name)

    def find(self, tab: str, place: int, line: str) -> About | None:
        return self._rows.get((tab, place, line))


def places_in(rows: Iterable[Row]) -> set[int]:
    """The keys of the districts that the rows name, right or wrong."""
    return {place for row in rows if (place := _whole(row[PLACE].value)) is not None}


def quarters_in(rows: Iterable[Row]) -> set[int]:
    return {code for row in rows if (code := _whole(row[QUARTER].value)) is not None}


def try_out(rows: Iterable[Row], reports: Reports) -> Trial:
    """`reports` are those of the districts for which one may prepare them."""
    trial = Trial()
    seen: dict[str, Item] = {}
    for row in rows:
        if fault := _stray(row, reports):
            trial.faults.append(fault)
            continue
        for item in _items(row, reports):
            if isinstance(item, Fault):
                trial.faults.append(item)
            elif (first := seen.get(item.key)) is None:
                seen[item.key] = item
                _add(item, trial)
            elif first.said.stamp != item.said.stamp:
                trial.faults.append(_same_twice(item, first))
    return trial


def _add(item: Item, trial: Trial) -> None:
    """What was not touched is left alone, even where it cannot be read."""
    is_same = outcome(item.was, item.stored, item.said.stamp) == Outcome.SAME
    if is_same and not item.said.faults:
        return
    report = item.sheet.report
    if report.filed_on:
        words = {"district": item.sheet.district, "day": written(report.filed_on)}
        said = _(
            "The report of %(district)s was filed on %(day)s. Correct the figure there,"
            " and take this row out."
        )
        trial.faults.append(Fault(item.ref, said % words))
    elif item.said.faults:
        trial.faults += item.said.faults
    else:
        trial.items.append(item)


def _stray(row: Row, reports: Reports) -> Fault | None:
    """Why it cannot be told which row of which report this is."""
    place, code = _whole(row[PLACE].value), _whole(row[QUARTER].value)
    if not row.is_ours:
        return Fault(
            row.ref,
            _(
                "This row was added by hand, so it cannot be told what it is about."
                " Write into the rows that were handed out."
            ),
        )
    if place is None or code is None:
        return Fault(row.ref, _changed())
    if code != reports.quarter.code:
        said = _("This row does not belong to %(quarter)s.")
        return Fault(row.ref, said % {"quarter": reports.quarter})
    if place not in reports.sheets:
        return Fault(
            row.ref,
            _("The district of this row is not in your charge. Take the row out."),
        )
    if why := reports.closed[place]:
        return Fault(row.ref, why)
    return _contradiction(row, reports.sheets[place].district)


def _contradiction(row: Row, district: District) -> Fault | None:
    """Rows that were sorted only in part say one district and mean another."""
    said = fold(row["district"].text)
    if not said or said in (fold(district.name), fold(district.name_hi)):
        return None
    return Fault(row["district"].ref, _mixed_up() % {"said": row["district"].text})


def _items(row: Row, reports: Reports) -> Iterator[Item | Fault]:
    place = _whole(row[PLACE].value)
    assert place is not None
    sheet = reports.sheets[place]
    if row.tab == WORDS:
        for name in TEXTS:
            if name in row.cells:
                yield _item(row, sheet, Text(sheet, name), text_said(row[name]))
        return
    about = reports.find(row.tab.key, place, row[LINE].text)
    if about is None or isinstance(about, Text):
        yield Fault(row.ref, _not_asked(sheet))
    elif fault := _other(row, about):
        yield fault
    else:
        yield _item(row, sheet, about, _said(row, about))


def _said(row: Row, about: FigureRow | ActionRow) -> Said:
    if isinstance(about, FigureRow):
        return figure_said(row, about)
    return change_said(row, about)


def _item(row: Row, sheet: Sheet, about: About, said: Said) -> Item:
    was = row[WAS_TEXT + about.name] if isinstance(about, Text) else row[WAS]
    cell = row[about.name] if isinstance(about, Text) else row[row.tab.entries[0]]
    return Item(
        tab=row.tab,
        ref=cell.ref,
        sheet=sheet,
        about=about,
        line=about.name if isinstance(about, Text) else row[LINE].text,
        was=plain(was.text),
        stored=stored_stamp(about),
        said=said,
    )


def _other(row: Row, about: FigureRow | ActionRow) -> Fault | None:
    """Whether the row says that it is about something else than it means."""
    if isinstance(about, FigureRow):
        indicator = about.target.indicator
        key, names = "indicator", [indicator.name, indicator.name_hi]
    else:
        key, names = "action", [about.intervention.action]
    said = fold(row[key].text)
    if not said or said in map(fold, names):
        return None
    return Fault(row[key].ref, _mixed_up() % {"said": row[key].text})


def _same_twice(item: Item, first: Item) -> Fault:
    said = _("%(other)s is about the same, and says otherwise. Delete one of the rows.")
    return Fault(item.ref, said % {"other": first.ref})


def _not_asked(sheet: Sheet) -> str:
    words = {"district": sheet.district}
    return (
        _(
            "The report of %(district)s does not ask for this (any more), or the hidden"
            " columns of the row were changed. Take the row out."
        )
        % words
    )


def _changed() -> str:
    return _(
        "The hidden columns of this row were changed, so it cannot be told what it is"
        " about. Take the row from a workbook downloaded anew."
    )


def _mixed_up() -> str:
    return _(
        "The row says “%(said)s”, but its hidden columns mean another: perhaps it was"
        " sorted only in part. Download the workbook anew."
    )


def _whole(value: Any) -> int | None:
    return whole_of(str(value).strip().removesuffix(".0"))
