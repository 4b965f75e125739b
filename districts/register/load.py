"""Bring the files into the registers: everything, or, if a row is broken, nothing.

The rule. A file decides the columns that it has: where a row differs from the database,
the file wins, and the change is recorded. What it has no column for is never touched:
settings of a State, e-mail addresses of offices, thrust, potential and end of a
district's product. A field that somebody changed in the portal is headquarters' from
then on: the file no longer decides it, and the report counts it as kept. Nothing is
ever deleted: what is in the database and in no file is named.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.db import transaction

from districts.register.base import Register
from districts.register.book import Book
from districts.register.figures import ExportFigures, ProgrammeCounts
from districts.register.places import (
    Agencies,
    Districts,
    Jurisdictions,
    ProgrammeTags,
    RegionalAuthorities,
    States,
    Successions,
)
from districts.register.products import (
    DistrictProducts,
    GIRegistrations,
    HSCodes,
    Namings,
    Products,
    ServiceCategories,
)
from districts.register.write import Tally, write
from portal import history
from portal.models import Change

# In the order in which they build on each other. Apps that know this one add theirs.
REGISTERS: list[Register] = [
    States(),
    Districts(),
    Successions(),
    RegionalAuthorities(),
    Jurisdictions(),
    Agencies(),
    ProgrammeTags(),
    HSCodes(),
    ServiceCategories(),
    Products(),
    DistrictProducts(),
    Namings(),
    GIRegistrations(),
    ExportFigures(),
    ProgrammeCounts(),
]


@transaction.atomic
def load(folder: Path, tell: Callable[[Tally], None] = lambda tally: None) -> None:
    """Load every register from the folder, telling how each went."""
    book = Book(folder)
    changes: list[Change] = []
    for register in REGISTERS:
        tally, changed = write(register, register.rows(book))
        changes += changed
        tell(tally)
    history.record(changes)
