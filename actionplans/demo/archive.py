"""The documents of plans adopted before this portal: PDFs that say what they are."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from actionplans.demo.cast import Cast
from actionplans.demo.days import Days
from actionplans.demo.minutes import pdf
from actionplans.demo.parts import Parts
from actionplans.demo.store import Store
from actionplans.documents import keep
from actionplans.models import Document, DocumentRelease
from actionplans.pdfs import PDF, examine
from portal.periods import financial_year_label
from portal.terms import Status
from portal.uploads import MEGABYTE

# Every so many is a scan without text; every so many is not released.
SCAN_EVERY, KEPT_EVERY = 5, 3


class Archive:
    """Files the document of each old plan, and releases most of them."""

    def __init__(self, cast: Cast, store: Store) -> None:
        self.cast = cast
        self.store = store
        self.filed = 0

    def file(self, parts: Parts, when: Days) -> None:
        """The plan begins as what was recorded: adopted, with its document."""
        self.filed += 1
        plan, place = parts.plan, parts.place
        by = self.cast.officer(place, when.start)
        at = dt.datetime.combine(
            when.start, dt.time(9, 30), timezone.get_current_timezone()
        )
        content = self._paper(parts)
        found = examine(content, MEGABYTE)
        first, last = map(financial_year_label, when.years)
        plan.document = Document(
            district=place.district,
            kind=Document.Kind.PLAN,
            title=f"Export action plan, {first} to {last}",
            file=keep(content, found),
            content_type=PDF,
            size=found.size,
            sha256=found.sha256,
            pages=found.pages,
            has_text=found.has_text,
            uploaded_by=by,
            uploaded_at=at,
        )
        plan.status, plan.structured, plan.number = Status.UNSTRUCTURED, False, 1
        self.store.add(plan.document)
        if self.filed % KEPT_EVERY:
            release = DocumentRelease(
                document=plan.document, released_by=by, released_at=at
            )
            self.store.add(release)

    def _paper(self, parts: Parts) -> bytes:
        name = parts.place.name.encode("ascii", "ignore").decode()
        if self.filed % SCAN_EVERY == 0:
            return pdf([]) + f"% Scan of the plan of {name}\n".encode()
        return pdf(
            [
                "Demonstration.",
                f"In place of the export action plan of {name.translate(ESCAPED)},",
                "as its committee adopted it before this portal.",
            ]
        )


# What has a meaning of its own in the text of a PDF.
ESCAPED = str.maketrans({mark: f"\\{mark}" for mark in "()\\"})
