"""All versions of all plans, from their drafts and meetings to their last steps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from actionplans.demo.amendments import amended
from actionplans.demo.archive import Archive
from actionplans.demo.boards import Board, Convener
from actionplans.demo.cast import Cast
from actionplans.demo.days import Days, first_days, given_up_days, second_days
from actionplans.demo.fates import Fate, Story
from actionplans.demo.goals import Setter
from actionplans.demo.ground import Ground
from actionplans.demo.lives import Life, Teller
from actionplans.demo.material import Material
from actionplans.demo.minutes import Minutes
from actionplans.demo.moves import write
from actionplans.demo.parts import Parts, Writer, empty, prune, tie
from actionplans.demo.store import Store
from actionplans.models import (
    Attendance,
    Committee,
    Decision,
    Document,
    DocumentRelease,
    Meeting,
    PlanEvent,
    Seat,
)
from portal.terms import Action

# Generations of plans. One that is given up is never numbered.
GIVEN_UP, FIRST, SECOND = range(3)


@dataclass(slots=True, eq=False)
class Course:
    """One district: its committee and the versions of its plan by generation."""

    story: Story
    board: Board | None = None
    drafts: dict[int, tuple[Parts, Days]] = field(default_factory=dict)
    lives: dict[int, Life] = field(default_factory=dict)


class Courses:
    """Writes all districts' plans; afterwards `events` has their steps as recorded."""

    def __init__(
        self, ground: Ground, material: Material, cast: Cast, store: Store
    ) -> None:
        self.ground = ground
        self.material = material
        self.cast = cast
        self.store = store
        self.writer = Writer(ground, material)
        self.setter = Setter(ground, material)
        self.teller = Teller(ground, material, cast)
        self.archive = Archive(cast, store)
        self.courses: list[Course] = []
        self.events: list[PlanEvent] = []

    def write(self, found: list[Story]) -> None:
        self.courses = [Course(story) for story in found]
        for course in self.courses:
            self._draft(course)
        decisions = self._hold_meetings()
        self.store.save(Document, DocumentRelease)
        for course in self.courses:
            self._live(course, decisions)
        for generation in (GIVEN_UP, FIRST, SECOND):
            lives = [c.lives[generation] for c in self.courses if generation in c.lives]
            write(self.store, lives, generation)
        self.store.save(Committee, Seat, Meeting, Attendance, Decision)
        self._record()

    def told(self) -> list[tuple[Story, list[Life]]]:
        """Each district with the versions that were not given up."""
        return [
            (c.story, [c.lives[n] for n in (FIRST, SECOND) if n in c.lives])
            for c in self.courses
        ]

    def _draft(self, course: Course) -> None:
        """The parts of each version, and when its steps are taken."""
        story = course.story
        if story.fate == Fate.NONE:
            return
        first_on = first_days(story, self.ground)
        first = self._parts(story, first_on)
        if story.fate == Fate.DRAFT:
            prune(first)
        if story.fate == Fate.OLD:
            empty(first)
        if story.is_old:
            self.archive.file(first, first_on)
        course.drafts[FIRST] = first, first_on
        if story.gave_up:
            on = given_up_days(story, first_on)
            given_up = self._parts(story, on)
            prune(given_up)
            course.drafts[GIVEN_UP] = given_up, on
        if story.second:
            on = second_days(story, first_on, self.ground)
            course.drafts[SECOND] = amended(first, on, self.setter, self.material), on

    def _parts(self, story: Story, on: Days) -> Parts:
        parts = self.writer.write(story.place, on)
        self.setter.set(parts, on)
        tie(parts)
        return parts

    def _hold_meetings(self) -> dict[int, Decision]:
        minutes = Minutes()
        minutes.store()
        convener = Convener(self.ground, self.material, self.cast, self.store, minutes)
        decisions: dict[int, Decision] = {}
        for course in self.courses:
            drafts = sorted(course.drafts.items())
            course.board = convener.constitute(course.story, _first_day(drafts))
            if course.board:
                # Of the meeting that adopted an old plan there is no record.
                told = [] if course.story.is_old else drafts
                held = [(parts.plan, days) for _, (parts, days) in told]
                convener.schedule(course.board, held)
                decisions |= convener.meet(course.board)
        return decisions

    def _live(self, course: Course, decisions: dict[int, Decision]) -> None:
        for generation, (parts, on) in course.drafts.items():
            if generation == GIVEN_UP:
                life = self.teller.give_up(parts, on)
            elif course.story.is_old:
                life = self.teller.recall(parts, on)
            else:
                life = self.teller.tell(parts, on, decisions.get(id(parts.plan)))
            course.lives[generation] = life
        if SECOND in course.lives:
            self._replace(course)

    def _replace(self, course: Course) -> None:
        """What a second version does to the first one. Its plan does these moves."""
        first, second = course.lives[FIRST], course.lives[SECOND]
        for event in second.events:
            if event.action == Action.PUBLISH:
                first.follow(Action.SUPERSEDE, event)
            if event.action == Action.ANNUL:
                first.follow(Action.REINSTATE, event)

    def _record(self) -> None:
        """The steps of all plans in the order in which they were typed."""
        lives = [life for course in self.courses for life in course.lives.values()]
        events = [event for life in lives for event in life.events]
        self.events = sorted(events, key=lambda event: event.recorded_at)
        self.store.add(*self.events)
        self.store.save(PlanEvent)


def _first_day(drafts: list[tuple[int, tuple[Parts, Days]]]) -> dt.date | None:
    """When the first plan was begun; of an old one, when it was adopted."""
    found = [min(on.start, on.met or on.start) for _, (_parts, on) in drafts]
    return found[0] if found else None
