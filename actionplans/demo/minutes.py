"""The document that stands for signed minutes: one small PDF, which says what it is."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from actionplans.demo.ground import Place
from actionplans.models import Document
from actionplans.models.document import document_path
from portal.accounts.models import Appointment

LINES = ["Demonstration.", "In place of the signed minutes of the meeting."]


class Minutes:
    """Attaches the same file to every meeting; it is stored once, under its hash."""

    def __init__(self) -> None:
        self.content = pdf(LINES)
        self.sha256 = hashlib.sha256(self.content).hexdigest()
        self.path = document_path(Document(sha256=self.sha256), "")

    def store(self) -> None:
        if not default_storage.exists(self.path):
            default_storage.save(self.path, ContentFile(self.content))

    def of(
        self, place: Place, number: int, by: Appointment, at: dt.datetime
    ) -> Document:
        return Document(
            district=place.district,
            kind=Document.Kind.MINUTES,
            file=self.path,
            title=f"Minutes of meeting {number}, DEPC {place.name}",
            content_type="application/pdf",
            size=len(self.content),
            sha256=self.sha256,
            uploaded_by=by,
            uploaded_at=at,
        )


def pdf(lines: list[str]) -> bytes:
    """A page of plain English text as a PDF."""
    words = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 14 Tf 72 760 Td 20 TL {words} ET".encode("ascii")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R%s>>"
        % b"/Resources<</Font<</F1 5 0 R>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    entries = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>"
        % (
            size,
            entries,
            size,
        )
        + b"\nstartxref\n%d\n%%%%EOF\n" % len(body)
    )
