"""The quarterly reports: filed in time, late or not at all, with what they gave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from actionplans.deadlines import PUBLICATIONS
from actionplans.demo.cast import Cast
from actionplans.demo.days import quarters_of
from actionplans.demo.fates import Fate, Story
from actionplans.demo.figures import Track
from actionplans.demo.ground import Ground, Place, days
from actionplans.demo.lives import Life
from actionplans.demo.material import Material
from actionplans.demo.readings import ReadingMaker
from actionplans.demo.speech import Speech
from actionplans.demo.store import Store
from actionplans.demo.works import Work
from actionplans.models import (
    InterventionUpdate,
    Reading,
    ReadingEntry,
    Report,
    Verification,
)
from actionplans.progress import FigureState
from portal.periods import DAYS_TO_REPORT, ONE_DAY, Quarter

LATE, SKIPPED, SLOPPY, BEGUN = 1 / 4, 1 / 30, 1 / 12, 1 / 2
FEW_GAPS, MANY_GAPS = 1 / 50, 3 / 4
LONGEST_DELAY = 45
# Every so many districts without a plan in force have filed the three lines.
BARE_EVERY = 12
BARE_QUARTERS = (2, 4)


@dataclass(slots=True, eq=False)
class Reported:
    """What a district follows: its targets and interventions, and since when each."""

    story: Story
    speech: Speech
    tracks: list[tuple[Quarter, Track]] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    # The share of figures that it does not give.
    gaps: float = FEW_GAPS

    @property
    def place(self) -> Place:
        return self.story.place

    def asked(self, quarter: Quarter) -> list[Track]:
        return [
            track
            for since, track in self.tracks
            if since <= quarter and track.is_asked(quarter)
        ]


class Reporter:
    """Makes the reports of all districts."""

    def __init__(
        self, ground: Ground, material: Material, cast: Cast, store: Store
    ) -> None:
        self.ground = ground
        self.material = material
        self.words = material.words
        self.cast = cast
        self.store = store
        self.last_due = Quarter.last_due(ground.today)
        self.readings = ReadingMaker(ground, material)

    def report_all(self, told: Sequence[tuple[Story, list[Life]]]) -> None:
        for number, (story, lives) in enumerate(told):
            if story.is_in_force:
                self._report(story, lives)
            elif story.fate != Fate.NONE and number % BARE_EVERY == 0:
                self._report_lines(story)
        self.store.save(Report, Reading, InterventionUpdate, ReadingEntry)
        self.store.save(Verification)
        self.readings.correct(self.store)

    def _report(self, story: Story, lives: list[Life]) -> None:
        since = Quarter.of(_published_on(lives[0]))
        first = max(since, self.last_due - (quarters_of(self.ground) - 1))
        followed = self._followed(story, lives, first)
        last = self.last_due - story.lag if story.lag is not None else first - 1
        for quarter in _from_to(first, last):
            skipped = story.place.rng.random() < SKIPPED
            if quarter == last or not skipped:
                self._file(followed, quarter)
        if last < self.last_due and story.place.rng.random() < BEGUN:
            self._begin(followed, self.last_due)

    def _followed(self, story: Story, lives: list[Life], first: Quarter) -> Reported:
        """A target that only the amendment has is asked from its publication on."""
        rng = story.place.rng
        followed = Reported(story, lives[0].parts.speech)
        if rng.random() < SLOPPY and not story.is_named:
            followed.gaps = MANY_GAPS
        known = set()
        for life in lives:
            published = _published_on(life, self.ground.today)
            for target in life.parts.targets:
                if target.line not in known:
                    known.add(target.line)
                    size = self.material.sizes[target.indicator.slug]
                    track = Track(target, size, rng)
                    followed.tracks.append((max(first, Quarter.of(published)), track))
        reasons = self.words["slips"]["reasons"]
        works = [Work(row, reasons, rng) for row in lives[0].parts.interventions]
        followed.works = works
        return followed

    def _file(self, followed: Reported, quarter: Quarter) -> None:
        report = self._filed_report(followed.place, followed.speech, quarter)
        assert report.filed_at
        self.store.add(report)
        self._give_figures(followed, report, quarter)
        for work in followed.works:
            if update := work.update(quarter):
                update.report = report
                update.entered_by = self.cast.convener(followed.place)
                update.recorded_at = report.filed_at
                self.store.add(update)

    def _give_figures(
        self, followed: Reported, report: Report, quarter: Quarter
    ) -> None:
        """Filing verifies the figures that the convener had typed."""
        assert report.filed_by
        assert report.filed_at
        place = followed.place
        typists = [self.cast.convener(place)] * 2 + [report.filed_by]
        for track in followed.asked(quarter):
            report.asked += 1
            by = place.rng.choice(typists)
            reading = self.readings.make(track, report, by, gaps=followed.gaps)
            if reading is None:
                continue
            report.given += reading.state != FigureState.NOT_AVAILABLE
            self.store.add(reading)
            if by is not report.filed_by:
                self.store.add(
                    Verification(
                        reading=reading,
                        appointment=report.filed_by,
                        verified_at=report.filed_at,
                    )
                )

    def _begin(self, followed: Reported, quarter: Quarter) -> None:
        """A report that the convener has begun and nobody filed yet."""
        place, by = followed.place, self.cast.convener(followed.place)
        report = Report(
            district=place.district,
            quarter=quarter.code,
            done=followed.speech.say(self.words["reports"]["done"]),
            prepared_by=by,
            revision=1,
        )
        self.store.add(report)
        for track in followed.asked(quarter):
            self.store.add(self.readings.entry(track, report, by))

    def _report_lines(self, story: Story) -> None:
        """Without a plan in force there are no figures, only what was done."""
        rng = story.place.rng
        speech = Speech(story.place, self.material)
        oldest, newest = rng.randint(*BARE_QUARTERS), rng.choice([1, 1, 2])
        for back in range(oldest, newest - 1, -1):
            quarter = self.last_due - back
            if story.place.from_birth(quarter.last_day) == quarter.last_day:
                report = self._filed_report(story.place, speech, quarter)
                report.done = speech.say(self.words["reports"]["bare_done"])
                report.next_steps = speech.say(self.words["reports"]["bare_next"])
                report.help_needed = ""
                self.store.add(report)

    def _filed_report(self, place: Place, speech: Speech, quarter: Quarter) -> Report:
        """Three of four are filed in time."""
        rng, words = place.rng, self.words["reports"]
        on = quarter.opens_on + days(rng, 2, DAYS_TO_REPORT.days - 1)
        if rng.random() < LATE:
            on = quarter.due_on + days(rng, 1, LONGEST_DELAY)
        on = max(quarter.opens_on, min(on, self.ground.today - ONE_DAY))
        time = dt.time(rng.randint(10, 17), rng.randint(0, 59))
        return Report(
            district=place.district,
            quarter=quarter.code,
            done=speech.say(words["done"]),
            next_steps=speech.say(words["next"]),
            help_needed=speech.say(words["help"]),
            prepared_by=self.cast.convener(place),
            filed_by=self.cast.officer(place, on),
            filed_on=on,
            filed_at=dt.datetime.combine(on, time, timezone.get_current_timezone()),
            revision=1,
        )


def _published_on(life: Life, otherwise: dt.date | None = None) -> dt.date:
    """When the plan came into force; the other day if it did not."""
    for event in life.events:
        if event.action in PUBLICATIONS:
            return event.effective_on
    assert otherwise
    return otherwise


def _from_to(first: Quarter, last: Quarter) -> Iterator[Quarter]:
    while first <= last:
        yield first
        first += 1
