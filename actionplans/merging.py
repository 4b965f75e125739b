"""Two people at the same report: what each page showed, what stands, what was typed.

A page keeps a stamp of every row as it was drawn. What is sent back is compared with
that stamp and with what stands in the database now: whoever touched nothing takes
nothing back, and who changed the same row as somebody else is asked.

Pure: a stamp is JSON text of the values of a row, empty where nothing is said.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _

from actionplans.models import ActionEntry, ActionStatus, ReadingEntry, WhyNot
from actionplans.progress import FigureState, Kind
from portal.numbers import exact_rupees, hundredths
from portal.periods import written

FIGURE = ["state", "value", "numerator", "denominator", "reason", "note", "source"]
CHANGE = ["status", "percent", "released", "spent", "due_on", "reason"]
NUMBERS = {"value", "numerator", "denominator", "percent", "released", "spent"}
Values = Mapping[str, Any]


class Outcome(Enum):
    """What becomes of a row that was sent."""

    SAME = "same"
    TAKE = "take"
    CLASH = "clash"


def outcome(was: str, stored: str, mine: str) -> Outcome:
    """`was` is the stamp of what the page showed, all three in the same form."""
    if mine in (was, stored):
        return Outcome.SAME
    return Outcome.TAKE if was == stored else Outcome.CLASH


def figure_stamp(row: ReadingEntry | Values | None) -> str:
    """A source alone says nothing: it stands there before anything is typed."""
    said = _said(row, FIGURE)
    is_empty = not any(said[name] not in (None, "") for name in FIGURE[:-1])
    return "" if is_empty else json.dumps([said[name] for name in FIGURE])


def change_stamp(row: ActionEntry | Values | None) -> str:
    """Empty where nothing changed this quarter."""
    if row is None:
        return ""
    said = _said(row, CHANGE)
    day = said["due_on"]
    said["due_on"] = day.isoformat() if day else ""
    return json.dumps([said[name] for name in CHANGE])


def figure_of_stamp(stamp: str) -> dict[str, Any]:
    """The values of an entry again; those of an empty one for a stamp that is none."""
    values = _read(stamp, FIGURE)
    if values is None:
        empty = dict.fromkeys(FIGURE, "")
        return {**empty, **dict.fromkeys(["value", "numerator", "denominator"])}
    return values


def change_of_stamp(stamp: str) -> dict[str, Any] | None:
    values = _read(stamp, CHANGE)
    if values is None:
        return None
    try:
        day = dt.date.fromisoformat(values["due_on"]) if values["due_on"] else None
    except (TypeError, ValueError):
        return None
    return {**values, "due_on": day}


def figure_in_words(kind: str, stamp: str) -> str:
    """What a stamp says, for a page that shows mine, theirs and before."""
    said = figure_of_stamp(stamp)
    if said["state"] == FigureState.NIL:
        found = _("nil")
    elif said["state"] == FigureState.NOT_AVAILABLE:
        reason = dict(WhyNot.choices).get(said["reason"], "")
        found = _("not available: %(reason)s") % {"reason": reason}
    elif kind == Kind.RATE and said["denominator"] is not None:
        part, whole = hundredths(said["numerator"] or 0), said["denominator"]
        words = {"part": part, "whole": hundredths(whole)}
        found = _("%(part)s of %(whole)s") % words
    elif kind == Kind.DONE and said["value"] is not None:
        found = _("done") if said["value"] else _("not done")
    elif said["value"] is not None:
        found = hundredths(said["value"])
    else:
        found = _("nothing")
    notes = [text for text in (said["note"], said["source"]) if text and stamp]
    return f"{found} ({'; '.join(notes)})" if notes else found


def change_in_words(stamp: str) -> str:
    said = change_of_stamp(stamp)
    if said is None:
        return _("no change")
    status = dict(ActionStatus.choices).get(said["status"], said["status"])
    parts = [f"{status}, {said['percent']} %"]
    if said["released"] is not None:
        parts.append(_("released %(money)s") % {"money": _money(said["released"])})
    if said["spent"] is not None:
        parts.append(_("spent %(money)s") % {"money": _money(said["spent"])})
    if said["due_on"]:
        words = {"day": written(said["due_on"]), "reason": said["reason"]}
        parts.append(_("due %(day)s: %(reason)s") % words)
    return "; ".join(parts)


def _money(amount: int) -> str:
    return exact_rupees(amount)


def _said(row: Any, names: list[str]) -> dict[str, Any]:
    if row is None:
        return dict.fromkeys(names)
    if isinstance(row, Mapping):
        return {name: row[name] for name in names}
    return {name: getattr(row, name) for name in names}


def _read(stamp: str, names: list[str]) -> dict[str, Any] | None:
    """Stamps come back from browsers and sheets: what is no stamp says nothing."""
    try:
        found = json.loads(stamp)
        # Half a character, as JSON can write it, could be shown on no page.
        json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, list) or len(found) != len(names):
        return None
    said = dict(zip(names, found, strict=True))
    return said if all(map(_fits, said, said.values())) else None


def _fits(name: str, value: Any) -> bool:
    if name in NUMBERS:
        return value is None or type(value) is int
    return isinstance(value, str)
