"""Putting off what waits: until a day, with a reason, for oneself only.

A thing that was put off comes back on that day, and at once when something is done
about it: it then has another key, or changed after it was put off.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import F, Value
from django.utils import timezone

from actionplans.models import Snooze
from actionplans.waiting.rows import PUT_OFF, Asker, Row, Rows, columns
from portal.accounts.models import User

LONGEST_DAYS = 30


@dataclass(frozen=True, slots=True)
class PutOff:
    """Until when somebody put a thing off, and why."""

    until: dt.date
    reason: str


def put_off(asker: Asker) -> Rows:
    """What the official put off and what has not come back by its day."""
    rows = Snooze.objects.order_by().filter(user=asker.user, until__gt=asker.today)
    return columns(
        rows.filter(place=asker.district.pk) if asker.district else rows,
        kind=Value(PUT_OFF),
        place=F("place"),
        thing=F("thing"),
        how=F("kind"),
        due_on=F("until"),
        changed_at=F("made_at"),
        words=F("reason"),
    )


def still_off(snooze: Row, row: Row) -> PutOff | None:
    """That the thing is put off, unless it changed since."""
    assert snooze.due_on
    assert snooze.changed_at
    if row.changed_at and row.changed_at > snooze.changed_at:
        return None
    return PutOff(snooze.due_on, snooze.words)


def keep(row: Row, until: dt.date, reason: str, *, by: User) -> None:
    """Whoever puts the same thing off again says anew until when, and why."""
    Snooze.objects.update_or_create(
        user=by,
        kind=row.kind,
        place=row.district,
        thing=row.thing,
        defaults={"until": until, "reason": reason, "made_at": timezone.now()},
    )


def wake(row: Row, *, by: User) -> None:
    """The thing waits again, as if it had never been put off."""
    rows = Snooze.objects.filter(user=by, kind=row.kind, place=row.district)
    rows.filter(thing=row.thing).delete()
