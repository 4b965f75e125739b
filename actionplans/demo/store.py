"""Rows on their way into the database, many at a time."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from django.db import models

BATCH = 2_000


class Store:
    """Collects unsaved rows by model; counts what it has written.

    Rows may refer to rows that are saved before them: those know their keys by then.
    """

    def __init__(self, tell: Callable[[str], None] = lambda what: None) -> None:
        self.tell = tell
        self.written: Counter[str] = Counter()
        self._rows: defaultdict[type[models.Model], list[Any]] = defaultdict(list)

    def add(self, *rows: models.Model) -> None:
        for row in rows:
            self._rows[type(row)].append(row)

    def save(self, *kinds: type[models.Model]) -> None:
        """Write the rows of these models, in this order."""
        for model in kinds:
            rows = self._rows.pop(model, [])
            if rows:
                name = str(model._meta.verbose_name_plural)
                self.tell(name)
                model._default_manager.bulk_create(rows, batch_size=BATCH)
                self.written[name] += len(rows)
