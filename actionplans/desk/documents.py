"""Documents, handed out to officials who may see the district."""

from __future__ import annotations

from django.http import FileResponse, Http404
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from actionplans.models import Document
from districts.models import District
from portal.http import DeskRequest
from portal.rules import open_q
from portal.terms import Action


@require_safe
def document(request: DeskRequest, sha256: str) -> FileResponse:
    """A download that no browser opens, guesses at or keeps."""
    seen = District.objects.filter(open_q(request.user, Action.SEE))
    rows = Document.objects.filter(district__in=seen, sha256=sha256)
    # The same file may have been attached twice.
    found = rows.select_related("district").order_by("pk").first()
    if found is None:
        raise Http404
    name = slugify(f"{found.district.name} {found.title}")
    response = FileResponse(
        found.file.open(),
        as_attachment=True,
        filename=f"{name}.pdf",
        content_type=found.content_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
