"""The log: one line of JSON for each record, and one record for each request.

Lines carry no personal data: a user is a number, a path has no query, and an address
that works like a password is logged as its pattern.
"""

import json
import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

access = logging.getLogger("portal.access")
request_id: ContextVar[str | None] = ContextVar("request_id", default=None)

# What every log record has by itself; anything else came with `extra`.
STANDARD = {
    *vars(logging.makeLogRecord({})),
    "message",
    "asctime",
    # Django hangs whole objects on its records.
    "request",
    "server_time",
}


class JSONFormatter(logging.Formatter):
    """Writes a record as one line of JSON, with the request that it belongs to."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if current := request_id.get():
            line["request_id"] = current
        line |= {k: v for k, v in vars(record).items() if k not in STANDARD}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def access_log(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Gives each request an id, tells the client, and logs how the request went."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        given = _given_id(request) or uuid.uuid4().hex
        token = request_id.set(given)
        try:
            response = get_response(request)
            response.headers["X-Request-ID"] = given
            access.info("request", extra=_facts(request, response, started))
            return response
        finally:
            request_id.reset(token)

    return middleware


def _given_id(request: HttpRequest) -> str | None:
    """The id that our own proxy gave the request; strangers' ids are not repeated."""
    given = request.headers.get("X-Request-ID", "")
    if settings.TRUSTED_PROXIES and re.fullmatch(r"[\w.-]{8,64}", given):
        return given
    return None


def _facts(
    request: HttpRequest, response: HttpResponseBase, started: float
) -> dict[str, Any]:
    # Django keeps the user here once somebody asked; asking now would cost a query.
    user = getattr(request, "_cached_user", None)
    return {
        "method": request.method,
        "path": _path(request),
        "status": response.status_code,
        "ms": round((time.perf_counter() - started) * 1000, 1),
        "user": user.pk if user else None,
    }


def _path(request: HttpRequest) -> str:
    match = request.resolver_match
    if match and "key" in match.kwargs:
        return f"/{match.route}"
    return request.path


def logging_to_stderr(level: str) -> dict[str, Any]:
    """The setting LOGGING: everything from this level on, as JSON."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "portal.logs.JSONFormatter"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Passes on to the root instead of Django's own handlers.
            "django": {"handlers": []},
            # Our access log has a line for each request; these say parts again.
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": [], "propagate": True, "level": "WARNING"},
        },
    }
