"""The rungs of the ladder: so many days after a thing is due, below zero before.

The days themselves stand in `actionplans.deadlines`, since the worklist names them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from actionplans.deadlines import REMINDS_HEADQUARTERS, REMINDS_STATE
from portal.accounts.models import User
from portal.accounts.preferences import MailRhythm
from portal.terms import Role

# Those who are told of everything that waits so long in their districts.
TOLD = {
    Role.STATE_OFFICER: REMINDS_STATE,
    Role.HQ_OFFICER: REMINDS_HEADQUARTERS,
}
# What the keys of these mails begin with, in the outbox of all mails.
DIGEST = "digest-"
A_DAY, A_WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


def reached(rungs: Iterable[int], due_on: dt.date, day: dt.date) -> int | None:
    """The highest of the rungs that a thing has come to on the day.

    The lower ones count no more: who was away for a month is reminded once.
    """
    days = (day - due_on).days
    return max((rung for rung in rungs if rung <= days), default=None)


def day_of_mail(user: User, today: dt.date) -> dt.date:
    """The day up to which the mail of today tells; of a weekly one this week's Monday.

    A week whose Monday the machine missed is made up for on the next day.
    """
    if user.mail_rhythm == MailRhythm.WEEKLY:
        return today - today.weekday() * A_DAY
    return today


def day_after(user: User, day: dt.date) -> dt.date:
    """The next day on which the person may get a mail, after one of that day."""
    return day + (A_WEEK if user.mail_rhythm == MailRhythm.WEEKLY else A_DAY)


def key_of_mail(user: User, day: dt.date) -> str:
    """Names a person's mail of that day or week; there can only be one."""
    if user.mail_rhythm == MailRhythm.WEEKLY:
        year, week, _weekday = day.isocalendar()
        return f"{DIGEST}{user.pk}-{year}-W{week:02}"
    return f"{DIGEST}{user.pk}-{day:%Y-%m-%d}"
