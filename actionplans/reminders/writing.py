"""Writing each person's mail of the day, and seeing before what the next will say."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from actionplans.models import Reminder, Snooze
from actionplans.reminders.digest import Digest, Line
from actionplans.reminders.due import Key, Thing, things
from actionplans.reminders.ladder import (
    DIGEST,
    day_after,
    day_of_mail,
    key_of_mail,
    reached,
)
from actionplans.reminders.posts import DISTANCE, Posts
from portal import outbox
from portal.accounts.models import User
from portal.models import OutgoingMail
from portal.terms import Role

Told = tuple[int, Key, dt.date, int]
SUBJECT_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Known:
    """What persons were reminded of before, what they put off, what lies unsent."""

    told: dict[Told, int]
    put_off: dict[tuple[int, Key], dt.datetime]
    keys: set[str]
    unsent: dict[int, OutgoingMail]

    @classmethod
    def of(cls, users: dict[int, User], found: list[Thing]) -> Known:
        days = {thing.due_on for thing in found}
        reminders = Reminder.objects.filter(user__in=users, due_on__in=days)
        rows = reminders.values_list(
            "user_id", "kind", "place", "thing", "due_on", "days", "mail_id"
        )
        today = timezone.localdate()
        snoozes = Snooze.objects.filter(user__in=users, until__gt=today)
        keys = [key_of_mail(user, day_of_mail(user, today)) for user in users.values()]
        mails = OutgoingMail.objects.filter(user__in=users)
        pending = outbox.waiting().filter(user__in=users, key__startswith=DIGEST)
        return cls(
            told={(u, Key(k, p, t), due, d): mail for u, k, p, t, due, d, mail in rows},
            put_off={
                (user, Key(kind, place, thing)): made_at
                for user, kind, place, thing, made_at in snoozes.values_list(
                    "user_id", "kind", "place", "thing", "made_at"
                )
            },
            keys=set(mails.filter(key__in=keys).values_list("key", flat=True)),
            unsent={mail.user_id: mail for mail in pending},
        )

    def is_new(self, user: int, thing: Thing, rung: int) -> bool:
        """Whether no mail told of it that went out or may have."""
        made_at = self.put_off.get((user, thing.key))
        if made_at and not thing.changed_after(made_at):
            return False
        unsent = self.unsent.get(user)
        mail = self.mail_of(user, thing, rung)
        return mail is None or (unsent is not None and unsent.pk == mail)

    def mail_of(self, user: int, thing: Thing, rung: int) -> int | None:
        """The key of the mail that tells the person of the thing on this rung."""
        return self.told.get((user, thing.key, thing.due_on, rung))


def write_digests() -> Iterator[OutgoingMail]:
    """Today's mail of everybody who has something to be reminded of, once a day.

    What lies unsent since yesterday is written anew with what is still true, so that
    nobody gets two mails when the mail server comes back, or it is given up.
    """
    today, posts = timezone.localdate(), Posts.of_today()
    users = {key: user for key, user in posts.users.items() if not outbox.bar(user)}
    found = things(posts)
    known = Known.of(users, found)
    days = {key: day_of_mail(user, today) for key, user in users.items()}
    lines = _lines(found, posts, known, days, today)
    for key, user in users.items():
        name, unsent = key_of_mail(user, days[key]), known.unsent.get(key)
        if name in known.keys and not (unsent and lies_since_yesterday(unsent)):
            continue
        if lines[key]:
            if mail := _write(name, Digest(user, today, lines[key]), known):
                yield mail
        elif unsent:
            mine = outbox.waiting().filter(pk=unsent.pk)
            yield from outbox.give_up(mine, outbox.NOTHING_LEFT)


def lies_since_yesterday(mail: OutgoingMail) -> bool:
    return timezone.localdate(mail.written_at) < timezone.localdate()


def next_digest(user: User) -> Digest:
    """What the person's next mail will say, if nothing happens until then."""
    today, posts = timezone.localdate(), _posts_seen_by(user)
    found = things(posts)
    known = Known.of({user.pk: user}, found)
    day = day_of_mail(user, today)
    if key_of_mail(user, day) in known.keys or day < today:
        day = day_after(user, day)
    lines = _lines(found, posts, known, {user.pk: day}, day)
    return Digest(user, day, lines[user.pk])


def _posts_seen_by(user: User) -> Posts:
    """Only one's own, unless one is also told of what waits for others."""
    posts = user.current_appointments
    if any(DISTANCE.get(Role(post.role)) for post in posts):
        return Posts.of_today()
    return Posts.among([post for post in posts if post.role in DISTANCE])


def _lines(
    found: list[Thing],
    posts: Posts,
    known: Known,
    days: dict[int, dt.date],
    on: dt.date,
) -> dict[int, list[Line]]:
    """What each person is reminded of, up to their day; `on` is that of the mail."""
    lines: dict[int, list[Line]] = defaultdict(list)
    for thing in found:
        for user, rungs in thing.rungs(posts).items():
            if user not in days:
                continue
            rung = reached(rungs, thing.due_on, days[user])
            if rung is not None and known.is_new(user, thing, rung):
                is_mine = user in thing.acting
                lines[user].append(Line(thing, rung, on, is_mine))
    return lines


def _write(name: str, digest: Digest, known: Known) -> OutgoingMail | None:
    """The mail with its reminders, all or nothing; None if another was faster."""
    try:
        with transaction.atomic():
            mail = _filled(name, digest, known.unsent.get(digest.user.pk))
            if mail:
                _remember(mail, digest, known)
    except IntegrityError:
        return None
    return mail


def _filled(
    name: str, digest: Digest, unsent: OutgoingMail | None
) -> OutgoingMail | None:
    """A new mail, or what lies unsent with new words if nobody took it meanwhile."""
    with translation.override(digest.user.mail_language):
        values = {
            "key": name,
            "subject": digest.subject[:SUBJECT_LENGTH],
            "body": digest.text,
            "written_at": timezone.now(),
        }
    if unsent is None:
        return OutgoingMail.objects.create(user=digest.user, **values)
    still_lies = outbox.waiting().filter(pk=unsent.pk, key=unsent.key)
    return unsent if still_lies.update(**values) else None


def _remember(mail: OutgoingMail, digest: Digest, known: Known) -> None:
    rows = [
        Reminder(
            user=digest.user,
            kind=line.thing.key.kind,
            place=line.thing.key.place,
            thing=line.thing.key.thing,
            due_on=line.thing.due_on,
            days=line.rung,
            mail=mail,
        )
        for line in digest.lines
        if not known.mail_of(digest.user.pk, line.thing, line.rung)
    ]
    Reminder.objects.bulk_create(rows)
