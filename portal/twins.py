"""The twins of pages: the same facts for machines, as CSV and as JSON.

They have no language. Rows are written while they are read, so that a table of any
length takes the same memory, and none is ever cut.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial, wraps
from http import HTTPStatus
from itertools import chain, islice
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,
)
from django.shortcuts import redirect
from django.urls import NoReverseMatch, URLPattern, path, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.views.decorators.http import condition, require_safe

from portal.cells import DEMONSTRATION, UTF_8
from portal.datasets import (
    Dataset,
    Elsewhere,
    Record,
    WrongFilter,
    converted,
    plain_rows,
)
from portal.kinds import TEXT
from portal.models import DataVersion

CSV, JSON = "text/csv; charset=utf-8", "application/json; charset=utf-8"
LINES_A_PIECE = 500

View = Callable[..., HttpResponseBase]
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)
to_json = _encode.encode


# --- What is served


def table_as_csv(dataset: Dataset) -> View:
    def view(request: HttpRequest, **where: Any) -> HttpResponseBase:
        pieces = csv_pieces(dataset, dataset.values(request.GET, **where))
        return _streamed(pieces, CSV, f"attachment; {file_name(dataset.name)}.csv")

    return _public(view, as_wrong=_wrong_csv, schema=_schema(dataset))


def table_as_json(dataset: Dataset) -> View:
    def view(request: HttpRequest, **where: Any) -> HttpResponseBase:
        values = dataset.values(request.GET, **where)
        pieces = json_pieces(dataset, values, head(dataset, request))
        return _streamed(pieces, JSON, f"inline; {file_name(dataset.name)}.json")

    return _public(view, as_wrong=_wrong_json, schema=_schema(dataset))


def record_as_json(record: Record) -> View:
    def view(request: HttpRequest, **where: Any) -> HttpResponseBase:
        found = record.plain(request.GET, **where)
        return as_json({**head(record, request), **found})

    schema = [f"{part}.{c.name}" for part, own in record.parts.items() for c in own]
    return _public(view, as_wrong=_wrong_json, schema=schema)


def of_table(
    address: str, dataset: Dataset, name: str = "", **where: Any
) -> list[URLPattern]:
    """Both twins of a list, whose page bears the name of the dataset or another one.

    `where` is what the page's address says by a part that is spelt out in this one.
    """
    page = name or dataset.name
    return [
        path(f"{address}.csv", table_as_csv(dataset), where, name=f"{page}-csv"),
        path(f"{address}.json", table_as_json(dataset), where, name=f"{page}-json"),
    ]


def of_record(address: str, record: Record, name: str = "") -> URLPattern:
    page = name or record.name
    return path(f"{address}.json", record_as_json(record), name=f"{page}-json")


# --- How it is written


def csv_pieces(dataset: Dataset, values: Iterable[Any]) -> Iterator[str]:
    """The table as text, a few hundred lines at a time."""
    heads = [[DEMONSTRATION]] if settings.DEMO else []
    before = UTF_8 + _lines([*heads, [column.name for column in dataset.columns]])
    by, rows = [column.csv for column in dataset.columns], iter(values)
    while some := list(islice(rows, LINES_A_PIECE)):
        yield before + _lines(converted(some, by))
        before = ""
    if before:
        yield before


def _lines(rows: Iterable[Iterable[str]]) -> str:
    return "".join([",".join(row) + "\r\n" for row in rows])


def json_pieces(
    dataset: Dataset, values: Iterable[Any], start: Mapping[str, Any]
) -> Iterator[str]:
    """The table as one object: the head, a row on each line, how many they are."""
    before, count = f'{to_json(start)[:-1]},"rows":[\n', 0
    rows = iter(values)
    while some := list(islice(rows, LINES_A_PIECE)):
        yield before + ",\n".join(map(to_json, plain_rows(dataset.columns, some)))
        before, count = ",\n", count + len(some)
    yield f'{"" if count else before}\n],"count":{count}}}\n'


def head(thing: Dataset | Record, request: HttpRequest) -> dict[str, Any]:
    """What every JSON begins with; of a demonstration first of all that it is one."""
    return {
        **demonstration(),
        "name": thing.name,
        "title": str(thing.title),
        "address": request.get_full_path(),
        "meaning": f"{reverse('data')}#{thing.name}",
        "updated_at": timezone.localtime(DataVersion.current().changed_at).isoformat(
            timespec="seconds"
        ),
        "as_on": timezone.localdate(),
    }


def demonstration() -> dict[str, str]:
    if not settings.DEMO:
        return {}
    sentence = "Names of places and products are real; figures are invented."
    return {DEMONSTRATION: gettext(sentence)}


def as_json(found: Mapping[str, Any], status: int = HTTPStatus.OK) -> HttpResponse:
    return HttpResponse(to_json(found) + "\n", content_type=JSON, status=status)


def file_name(name: str) -> str:
    mark = f"{DEMONSTRATION}-" if settings.DEMO else ""
    return f"filename={mark}{name}-{timezone.localdate()}"


def _streamed(
    pieces: Iterator[str], content_type: str, disposition: str
) -> StreamingHttpResponse:
    """The first piece is made at once: what cannot be answered is refused in time."""
    whole = chain([next(pieces)], pieces)
    return StreamingHttpResponse(
        (piece.encode() for piece in whole),
        content_type=content_type,
        headers={"Content-Disposition": disposition},
    )


# --- To whom, and for how long


def for_everybody(view: View) -> View:
    """Other sites too; who keeps a copy asks first whether it still holds."""

    @login_not_required
    @require_safe
    @wraps(view)
    def opened(request: HttpRequest, **where: Any) -> HttpResponseBase:
        response = view(request, **where)
        response["Cache-Control"] = "public, no-cache"
        response["Access-Control-Allow-Origin"] = "*"
        return response

    return opened


def _public(view: View, *, as_wrong: Callable[..., Any], schema: list[str]) -> View:
    """With a tag; what was asked wrongly is answered with what is wrong."""

    @for_everybody
    @condition(etag_func=partial(_etag, schema))
    @wraps(view)
    def twin(request: HttpRequest, **where: Any) -> HttpResponseBase:
        try:
            return view(request, **where)
        except Elsewhere as other:
            return redirect(other.address, permanent=True)
        except WrongFilter as wrong:
            response: HttpResponse = as_wrong(wrong)
            return response

    return twin


def _schema(dataset: Dataset) -> list[str]:
    return [column.name for column in dataset.columns]


def _etag(schema: list[str], request: HttpRequest, **_where: Any) -> str | None:
    """Another one when data, day, question or columns are others; one query."""
    version = DataVersion.current()
    if not version.pk:
        # Nothing says when this would be out of date.
        return None
    asked = sorted((name, sorted(found)) for name, found in request.GET.lists())
    facts = [
        *(version.pk, version.number, version.changed_at.isoformat()),
        *(timezone.localdate().isoformat(), request.path, urlencode(asked, doseq=True)),
        *(settings.DEMO, schema),
    ]
    return f'"{hashlib.sha256(to_json(facts).encode()).hexdigest()[:32]}"'


def _wrong_csv(wrong: WrongFilter) -> HttpResponse:
    """Sentences as a table: a few rows without them would pass for the answer."""
    lines = [["filter", "error"]]
    for name, sentences in wrong.errors.items():
        lines += [[TEXT.csv(name), TEXT.csv(sentence)] for sentence in sentences]
    text = UTF_8 + _lines(lines)
    return HttpResponse(text, content_type=CSV, status=HTTPStatus.BAD_REQUEST)


def _wrong_json(wrong: WrongFilter) -> HttpResponse:
    return as_json({**demonstration(), "errors": wrong.errors}, HTTPStatus.BAD_REQUEST)


# --- How pages lead there


@dataclass(frozen=True, slots=True)
class Twins:
    """The addresses of a page's twins, with its filters; `name` is where it is told."""

    name: str
    json: str
    csv: str


def twins_of(request: HttpRequest) -> Twins | None:
    """Those of the page that is asked for; None if it has none."""
    match = request.resolver_match
    if match is None:
        return None
    asked = request.GET.copy()
    asked.pop("page", None)
    query = f"?{asked.urlencode()}" if asked else ""
    found = [_address(f"{match.view_name}-{end}", match) for end in ("json", "csv")]
    as_text, as_table = (f"{way}{query}" if way else "" for way in found)
    return Twins(match.view_name, as_text, as_table) if as_text else None


def _address(name: str, match: Any) -> str:
    try:
        return reverse(name, kwargs=match.kwargs)
    except NoReverseMatch:
        return ""
