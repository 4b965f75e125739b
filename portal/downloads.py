"""Files handed out so that no browser runs them or guesses what they are."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse


def download(file: Any, *, name: str, content_type: str) -> FileResponse:
    """A download under a clean name, sent in pieces."""
    response = FileResponse(
        file, as_attachment=True, filename=name, content_type=content_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def handed_out(file: Any, *, name: str, content_type: str) -> FileResponse:
    """The same for officials only: nothing on the way keeps a copy."""
    response = download(file, name=name, content_type=content_type)
    response["Cache-Control"] = "private, no-store"
    return response
