"""Documents in store: kept once under their hash, handed out so that nothing runs."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from actionplans.models import Document
from actionplans.models.document import document_path
from actionplans.pdfs import PDF, Pdf
from districts.models import District
from portal.accounts.models import Appointment
from portal.downloads import download
from portal.periods import financial_year_label
from portal.uploads import storing

SHOWN_OF_HASH = 12


def keep(content: bytes, pdf: Pdf) -> str:
    """Where the content lies; the same content lies there once. Or `Unfit`."""
    path = document_path(Document(sha256=pdf.sha256), "")
    with storing():
        if default_storage.exists(path):
            return path
        return default_storage.save(path, ContentFile(content))


def attach(
    pdf: Pdf, path: str, district: District, *, kind: str, title: str, by: Appointment
) -> Document:
    return Document.objects.create(
        district=district,
        kind=kind,
        title=title,
        file=path,
        content_type=PDF,
        size=pdf.size,
        sha256=pdf.sha256,
        pages=pdf.pages,
        has_text=pdf.has_text,
        uploaded_by=by,
    )


def attach_plan(
    pdf: Pdf, path: str, district: District, *, years: tuple[int, int], by: Appointment
) -> Document:
    first, last = map(financial_year_label, years)
    title = _("Export action plan, %(first)s to %(last)s")
    words = {"first": first, "last": last}
    kind = Document.Kind.PLAN
    return attach(pdf, path, district, kind=kind, title=title % words, by=by)


def as_download(document: Document) -> FileResponse:
    """A download that no browser opens or guesses at."""
    name = slugify(f"{document.district.name} {document.title}")
    return download(
        document.file.open(),
        name=f"{name}-{document.sha256[:SHOWN_OF_HASH]}.pdf",
        content_type=document.content_type,
    )
