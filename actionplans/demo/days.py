"""When it happened: the days of each step, counted back from today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from actionplans.by_itself import DAYS_OF_GRACE
from actionplans.demo.fates import Fate, Story
from actionplans.demo.ground import Ground, days
from portal.periods import (
    ONE_DAY,
    Quarter,
    financial_year_of,
)
from portal.terms import Status

QUARTERS, FULL_QUARTERS = 8, 13
SECOND_HALF = 3
LONG, OLDEST = 740, 1930
SOME_WEEKS = 45
# An adopted plan is published by itself once these are over, unless it is held.
SOME_DAYS = dt.timedelta(days=3)


@dataclass(slots=True, kw_only=True)
class Days:
    """The days of one plan's steps; None: it did not come so far.

    `sent` is the submission that counts; `first_sent` and `back` belong to one before.
    Of an old plan `start` is its recording, `met` its adoption long before that, and
    `sent` the day on which its structure was handed in.
    """

    start: dt.date
    first_sent: dt.date | None = None
    back: dt.date | None = None
    sent: dt.date | None = None
    assessed: dt.date | None = None
    met: dt.date | None = None
    notified: dt.date | None = None
    held: dt.date | None = None
    consulted: dt.date | None = None
    published: dt.date | None = None
    annulled: dt.date | None = None
    # Whether another office confirmed the adoption that was recorded.
    is_confirmed: bool = True
    years: tuple[int, int] = (0, 0)


def quarters_of(ground: Ground) -> int:
    """For so many quarters districts have reported."""
    return FULL_QUARTERS if ground.full else QUARTERS


def first_days(story: Story, ground: Ground) -> Days:
    """The days of the district's first plan that was not given up."""
    found = _MAKERS[story.fate](story, ground)
    if story.went_back and found.sent:
        _put_back(story, found)
    _not_before_birth(story, found)
    found.years = _years(story, found, ground)
    return found


def second_days(story: Story, first: Days, ground: Ground) -> Days:
    """The days of the amendment, all of them in the last half-year."""
    rng = story.place.rng
    published = ground.today - days(rng, 12, 120)
    if story.second == Status.ADOPTED:
        published = ground.today
    if story.second == Status.ANNULLED:
        published -= days(rng, 40, 60)
    found = _up_to(story, published - days(rng, 3, 14), quick=True)
    found.published = published
    begins, ends = first.years
    found.years = begins, max(ends, financial_year_of(ground.today) + 1)
    if story.second == Status.ANNULLED:
        found.annulled = published + days(rng, 10, 30)
    if story.second == Status.ADOPTED:
        found.published = None
    if story.second == Status.UNDER_ASSESSMENT:
        found.assessed = found.met = found.published = None
    if story.second == Status.DRAFT:
        found.sent = found.assessed = found.met = found.published = None
    return found


def given_up_days(story: Story, first: Days) -> Days:
    """The start of a draft and the day on which it was given up for another."""
    rng = story.place.rng
    back = first.start - days(rng, 1, 20)
    return Days(start=back - days(rng, 90, 300), back=back, years=first.years)


def _up_to(story: Story, met: dt.date, *, quick: bool = False) -> Days:
    """The days up to the meeting that adopts the plan."""
    rng = story.place.rng
    least = 2 if quick else 8
    assessed = met - days(rng, least, 12 if quick else 70)
    sent = assessed - days(rng, least, 15 if quick else 120)
    start = sent - days(rng, 20, 40 if quick else 240)
    return Days(start=start, sent=sent, assessed=assessed, met=met)


def _published(story: Story, ground: Ground) -> Days:
    rng = story.place.rng
    first = Quarter.last_due(ground.today) - (quarters_of(ground) - 1)
    published = first.first_day + days(rng, 0, (first.last_day - first.first_day).days)
    if story.lag is None and not ground.full and rng.random() < 1 / 2:
        published = ground.today - days(rng, 2, SOME_WEEKS)
    elif story.second is None and rng.random() < 1 / 6 and not ground.full:
        published += dt.timedelta(days=91 * rng.randint(1, 4 - (story.lag or 0) // 2))
    if story.was_old:
        return _structured(story, published)
    found = _up_to(story, published - days(rng, 8, 60))
    found.published = published
    if rng.random() < 2 / 3:
        found.notified = min(published + days(rng, 0, 40), ground.today - ONE_DAY)
    return found


def _adopted(story: Story, ground: Ground) -> Days:
    rng = story.place.rng
    age = dt.timedelta(days=round(rng.triangular(2, 40, 8)))
    met = ground.today - age
    found = _up_to(story, met)
    if age > DAYS_OF_GRACE - SOME_DAYS:
        found.held = met + DAYS_OF_GRACE - SOME_DAYS
    if rng.random() < 2 / 5:
        found.notified = min(met + days(rng, 3, 30), ground.today - ONE_DAY)
    return found


def _old(story: Story, ground: Ground) -> Days:
    rng = story.place.rng
    start = ground.today - days(rng, 20, 120)
    found = Days(start=start, met=start - days(rng, 180, 900))
    if story.fate == Fate.TRANSCRIBED:
        found.sent = start + days(rng, 6, 15)
    return found


def _structured(story: Story, published: dt.date) -> Days:
    """An old plan, published once its structure was checked."""
    rng = story.place.rng
    sent = published - days(rng, 3, 12)
    start = sent - days(rng, 6, 40)
    met = start - days(rng, 60, 300)
    return Days(start=start, met=met, sent=sent, published=published)


def _recorded(story: Story, ground: Ground) -> Days:
    met = ground.today - days(story.place.rng, 4, 40)
    found = _up_to(story, met)
    found.is_confirmed = False
    return found


def _assessed(story: Story, ground: Ground) -> Days:
    found = _sent(story, ground)
    assert found.sent
    longest = max(2, (ground.today - found.sent).days - 2)
    found.assessed = found.sent + days(story.place.rng, 2, min(140, longest))
    return found


def _sent(story: Story, ground: Ground) -> Days:
    rng = story.place.rng
    low, high = (LONG, OLDEST) if story.waits_long else (6, LONG - 20)
    sent = ground.today - days(rng, low, high)
    return Days(start=sent - days(rng, 40, 300), sent=sent)


def _returned(story: Story, ground: Ground) -> Days:
    found = _sent(story, ground)
    assert found.sent
    longest = max(2, (ground.today - found.sent).days - 2)
    back = found.sent + days(story.place.rng, 2, min(180, longest))
    found = Days(start=found.start, first_sent=found.sent, back=back)
    if story.consulted_ago:
        found.consulted = ground.today - dt.timedelta(days=story.consulted_ago)
    return found


def _draft(story: Story, ground: Ground) -> Days:
    return Days(start=ground.today - days(story.place.rng, 5, 400))


_MAKERS = {
    Fate.REPORTING: _published,
    Fate.PUBLISHED: _published,
    Fate.ADOPTED: _adopted,
    Fate.OLD: _old,
    Fate.TRANSCRIBED: _old,
    Fate.RECORDED: _recorded,
    Fate.ASSESSED: _assessed,
    Fate.UNDER_ASSESSMENT: _sent,
    Fate.RETURNED: _returned,
    Fate.DRAFT: _draft,
}


def _put_back(story: Story, found: Days) -> None:
    """A submission before the one that counts, and the return between them."""
    assert found.sent
    rng = story.place.rng
    found.back = found.sent - days(rng, 20, 70)
    found.first_sent = found.back - days(rng, 10, 50)
    found.start = found.first_sent - days(rng, 40, 200)


def _not_before_birth(story: Story, found: Days) -> None:
    for name in Days.__slots__:
        day = getattr(found, name)
        if isinstance(day, dt.date):
            setattr(found, name, story.place.from_birth(day))


def _years(story: Story, found: Days, ground: Ground) -> tuple[int, int]:
    """Three to five financial years; late in a year they begin with the next."""
    rng = story.place.rng
    decided = found.published or found.met or found.sent or found.first_sent
    quarter = Quarter.of(decided or found.start)
    first = quarter.financial_year
    if quarter.number >= SECOND_HALF and rng.random() < 5 / 6:
        first += 1
    return first, first + (4 if ground.full else rng.choice([2, 3, 4, 4]))
