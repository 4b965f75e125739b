"""The sheets of the workbook and their columns, as whoever writes and reads them knows.

Each column carries its key in a hidden row above its heading: so it is found again in
whatever language it was headed, wherever it was moved, and under any name of its sheet.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.periods import Quarter

KEY_ROW, HEAD_ROW, FIRST_ROW = 1, 2, 3
# The quarters before, oldest first.
EARLIER = ("before-4", "before-3", "before-2", "before-1")
# What cannot be typed: which row this is, and what it said when it was handed out.
PLACE, QUARTER, LINE, WAS = "district-key", "quarter", "line", "was"
WAS_TEXT = "was-"
NARROW, USUAL, WIDE, WIDEST = 12, 18, 28, 52


@dataclass(frozen=True, slots=True)
class Column:
    """One column; `is_entry`: it is filled by hand, all others are locked."""

    key: str
    head: str | Promise = ""
    width: int = USUAL
    is_entry: bool = False

    @property
    def is_hidden(self) -> bool:
        return not self.head


@dataclass(frozen=True, slots=True)
class Tab:
    """One sheet; `says` are the columns that tell a person which row is which."""

    key: str
    title: str | Promise
    columns: tuple[Column, ...]
    says: tuple[str, ...]

    @property
    def entries(self) -> list[str]:
        return [column.key for column in self.columns if column.is_entry]

    def key_of(self, column: str) -> str:
        return f"{self.key}:{column}"


_WHERE = (Column("state", _("State")), Column("district", _("District")))
FIGURES = Tab(
    "figures",
    _("Figures"),
    (
        *_WHERE,
        Column("product", _("Product")),
        Column("indicator", _("Indicator"), WIDE),
        Column("unit", _("Unit"), NARROW),
        Column("goal", _("Goal"), NARROW),
        Column("due", _("Reach it by"), NARROW),
        *(Column(key, _("Earlier"), NARROW) for key in EARLIER),
        Column("figure", _("FIGURE (of a share: the part)"), USUAL, is_entry=True),
        Column("whole", _("The whole (of a share)"), USUAL, is_entry=True),
        Column("instead", _("If there is no number"), USUAL, is_entry=True),
        Column("reason", _("Why it is not available"), WIDE, is_entry=True),
        Column("source", _("Source"), WIDE, is_entry=True),
        Column("note", _("Note"), WIDE, is_entry=True),
        *map(Column, (QUARTER, PLACE, LINE, WAS)),
    ),
    ("district", "product", "indicator"),
)
ACTIONS = Tab(
    "interventions",
    _("Interventions"),
    (
        *_WHERE,
        Column("action", _("Intervention"), WIDEST),
        Column("lead", _("Lead agency")),
        Column("budget", _("Budget in rupees"), USUAL),
        Column("stood", _("Where it stood"), WIDE),
        Column("due", _("Due"), NARROW),
        Column("status", _("STATUS"), USUAL, is_entry=True),
        Column("percent", _("Per cent done"), NARROW, is_entry=True),
        Column("released", _("Released so far, in rupees"), USUAL, is_entry=True),
        Column("spent", _("Spent so far, in rupees"), USUAL, is_entry=True),
        Column("due_on", _("New due date"), USUAL, is_entry=True),
        Column("reason", _("Why it moved"), WIDE, is_entry=True),
        *map(Column, (QUARTER, PLACE, LINE, WAS)),
    ),
    ("district", "action"),
)
TEXTS = ("done", "next_steps", "help_needed")
WORDS = Tab(
    "words",
    _("In words"),
    (
        *_WHERE,
        Column("done", _("What was done"), WIDEST, is_entry=True),
        Column("next_steps", _("What comes next"), WIDEST, is_entry=True),
        Column("help_needed", _("What help is needed"), WIDEST, is_entry=True),
        *map(Column, (QUARTER, PLACE, *(WAS_TEXT + name for name in TEXTS))),
    ),
    ("district",),
)
TABS = {tab.key: tab for tab in (FIGURES, ACTIONS, WORDS)}


def head(column: Column, quarter: Quarter) -> str:
    """The heading; the four quarters before are headed by their names."""
    if column.key in EARLIER:
        return str(quarter - (len(EARLIER) - EARLIER.index(column.key)))
    return str(column.head)
