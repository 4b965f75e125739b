"""The public page cache: whole answers, kept in memory by every process.

An answer is kept under its address, the day in India and the data version, so it is
never out of date: whatever changes something public raises the version, and the next
request, in whichever process, finds nothing kept under the new one. Asking for the
version is the one query of an answer that is kept.
"""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import re_accepts_gzip
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers

from portal.models import DataVersion

MEGABYTE = 1024 * 1024
# Hardly smaller at higher levels, and a fifth faster than at the usual one.
GZIP_LEVEL = 5
# Browsers and proxies may keep a page, and ask each time whether it is still so.
ASK_EACH_TIME = "public, no-cache"
# Longer questions are answered, and forgotten.
LONGEST_QUERY = 400
# What a page takes in memory besides its body: its key, headers and the rest.
BESIDE = 2048

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given: its body compressed, its headers, and its mark."""

    body: bytes
    headers: dict[str, str]
    etag: str

    @classmethod
    def of(cls, response: HttpResponse) -> Kept:
        headers = {**response.headers, "Cache-Control": ASK_EACH_TIME}
        headers.pop("Content-Length", None)
        return cls(
            gzip.compress(response.content, GZIP_LEVEL, mtime=0),
            headers,
            # Weak, because it stands for the page however it is encoded.
            f'W/"{sha256(response.content).hexdigest()[:32]}"',
        )

    @property
    def size(self) -> int:
        return len(self.body) + BESIDE

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """The whole page, or that what the browser has is still so."""
        zipped = re_accepts_gzip.search(request.headers.get("Accept-Encoding", ""))
        body = self.body if zipped else gzip.decompress(self.body)
        response = HttpResponse(body, headers=self.headers)
        if zipped:
            response["Content-Encoding"] = "gzip"
        response["Content-Length"] = str(len(body))
        response["ETag"] = self.etag
        patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
        found = get_conditional_response(request, etag=self.etag, response=response)
        assert found is not None
        return found


class Pages:
    """Answers by their keys, those unasked for longest going first; for all threads."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.size = 0
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._lock = threading.Lock()

    def find(self, key: Key) -> Kept | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def keep(self, key: Key, page: Kept) -> None:
        with self._lock:
            before = self._kept.pop(key, None)
            self._kept[key] = page
            self.size += page.size - (before.size if before else 0)
            while self.size > self.most_bytes:
                _key, oldest = self._kept.popitem(last=False)
                self.size -= oldest.size


def keeps_public_pages(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answers strangers who only read out of memory, and keeps what they were told."""
    pages = Pages(settings.PAGE_CACHE_MB * MEGABYTE)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        key = key_of(request) if pages.most_bytes and may_be_kept(request) else None
        if key is None:
            return get_response(request)
        if (kept := pages.find(key)) is None:
            response = get_response(request)
            if not is_for_everybody(request, response):
                return response
            assert isinstance(response, HttpResponse)
            pages.keep(key, kept := Kept.of(response))
        return kept.answer(request)

    return middleware


def may_be_kept(request: HttpRequest) -> bool:
    """Whether a stranger asks to read a page.

    Files have their own way, and who asks after our health asks the process alone.
    """
    return (
        request.method in ("GET", "HEAD")
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and not request.path.startswith((settings.STATIC_URL, "/health/"))
        and len(request.META.get("QUERY_STRING", "")) <= LONGEST_QUERY
    )


def key_of(request: HttpRequest) -> Key | None:
    """What an answer depends on; None while nothing says when it would change.

    Nor has a host that is not ours a key: it is refused further in, in our words.
    """
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    data = DataVersion.current()
    if not data.pk:
        return None
    return (
        # The moment tells apart two transactions of which one was rolled back.
        *(data.pk, data.number, data.changed_at, timezone.localdate()),
        *(request.scheme, host, request.path),
        # In any order of names; of one name, the order of its values may matter.
        tuple(sorted((name, *values) for name, values in request.GET.lists())),
    )


def is_for_everybody(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the answer is a page that is the same for every stranger.

    A page with a form carries the secret of the visitor, as a new cookie or one that
    came with the request; and what says itself how it may be kept is left alone.
    """
    return (
        response.status_code == HTTPStatus.OK
        and not response.streaming
        and not response.cookies
        and settings.CSRF_COOKIE_NAME not in request.COOKIES
        and not response.has_header("Cache-Control")
        and not response.has_header("ETag")
        and not response.has_header("Content-Encoding")
    )
