"""Single figures: given, nil, not available, left out, and corrected later."""

from __future__ import annotations

import datetime as dt

from actionplans.demo.figures import Measured, Track, state_of
from actionplans.demo.ground import Ground, chance, days
from actionplans.demo.material import Material
from actionplans.demo.store import Store
from actionplans.models import Reading, ReadingEntry, Report, WhyNot
from actionplans.progress import FigureState
from portal.accounts.models import Appointment
from portal.periods import ONE_DAY, Quarter

NOT_AVAILABLE, CORRECTED = 1 / 40, 1 / 40
FILLED_SO_FAR = 2 / 3
UNCHECKED_FOR = dt.timedelta(days=20)


class ReadingMaker:
    """Makes readings and entries of the figures that a track says."""

    def __init__(self, ground: Ground, material: Material) -> None:
        self.today = ground.today
        self.words = material.words["readings"]
        self.rng = chance("readings")
        self.to_correct: list[Reading] = []

    def make(
        self, track: Track, report: Report, by: Appointment, *, gaps: float
    ) -> Reading | None:
        """The reading of the report's quarter, or None: the figure is missing."""
        assert report.filed_at
        rng = track.rng
        quarter = Quarter.from_code(report.quarter)
        found = track.measured(quarter)
        luck = rng.random()
        if luck < gaps:
            return None
        reading = Reading(
            line=track.target.line,
            quarter=report.quarter,
            report=report,
            entered_by=by,
            recorded_at=report.filed_at,
        )
        if luck < gaps + NOT_AVAILABLE:
            reading.state = FigureState.NOT_AVAILABLE
            reading.reason = rng.choice([WhyNot.NOT_REPORTED, WhyNot.NOT_COLLECTED])
            reading.note = rng.choice(self.words["not_available"])
            return reading
        reading.state = state_of(track.goal.kind, found)
        reading.source = track.target.indicator.usual_source
        if reading.state == FigureState.VALUE:
            _put(reading, found)
        track.remember(quarter, reading.state, found)
        if reading.value and rng.random() < CORRECTED:
            self.to_correct.append(reading)
        return reading

    def entry(self, track: Track, report: Report, by: Appointment) -> ReadingEntry:
        """What has been typed of the figure so far, if anything."""
        entry = ReadingEntry(report=report, line=track.target.line, entered_by=by)
        if track.rng.random() < FILLED_SO_FAR:
            found = track.measured(Quarter.from_code(report.quarter))
            entry.state = state_of(track.goal.kind, found)
            entry.source = track.target.indicator.usual_source
            if entry.state == FigureState.VALUE:
                _put(entry, found)
        return entry

    def correct(self, store: Store) -> None:
        """Some figures turn out to be wrong weeks after they were filed.

        The latest were put right by who prepared the report: they wait to be verified.
        """
        for wrong in self.to_correct:
            assert wrong.value
            assert wrong.report
            on = wrong.recorded_at + days(self.rng, 15, 70)
            if on.date() >= self.today - ONE_DAY:
                continue
            is_new = on.date() > self.today - UNCHECKED_FOR
            by = wrong.report.prepared_by if is_new else wrong.report.filed_by
            tenth = max(100, wrong.value // 1000 * 100)
            store.add(
                Reading(
                    line=wrong.line,
                    quarter=wrong.quarter,
                    report=wrong.report,
                    state=FigureState.VALUE,
                    value=wrong.value + tenth * self.rng.choice([1, -1]),
                    source=wrong.source,
                    note=self.rng.choice(self.words["corrected"]),
                    entered_by=by,
                    recorded_at=on,
                    supersedes=wrong,
                )
            )
        store.save(Reading)


def _put(row: Reading | ReadingEntry, found: Measured) -> None:
    row.value = found.value
    row.numerator = found.numerator
    row.denominator = found.denominator
