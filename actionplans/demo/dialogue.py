"""What is said about plans: a draft before the public, and what is put right later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from django.utils import timezone

from actionplans.demo.cast import Cast
from actionplans.demo.lives import Life
from actionplans.demo.material import Material
from actionplans.demo.store import Store
from actionplans.models import (
    Consultation,
    ConsultationComment,
    Correction,
    Erratum,
    PlanEvent,
    SectionCode,
)
from actionplans.seal import digest, draft_body
from portal.periods import ONE_DAY
from portal.terms import Action, Confirmation, Status

CONSULTED = dt.timedelta(days=30)
ERRATA = 3
SECTIONS = [
    SectionCode.INTERVENTIONS,
    SectionCode.TRAINING,
    SectionCode.STRATEGY,
    SectionCode.BOTTLENECKS,
]
Said = ConsultationComment.Status


class Dialogue:
    """Writes it once all plans and their steps are in the database."""

    def __init__(self, material: Material, cast: Cast, store: Store) -> None:
        self.words = material.words
        self.cast = cast
        self.store = store

    def write(self, lives: Sequence[Life], today: dt.date) -> None:
        for life in lives:
            for event in life.events:
                if event.action == Action.CONSULT:
                    self._consult(life, event, today)
        self._correct(lives, today)
        self._put_right(lives)
        self.store.save(Consultation, ConsultationComment, Correction, Erratum)

    def _consult(self, life: Life, event: PlanEvent, today: dt.date) -> None:
        body = draft_body(event.plan)
        opens_on = event.effective_on + ONE_DAY
        consultation = Consultation(
            plan=event.plan,
            event=event,
            opens_on=opens_on,
            closes_on=opens_on + CONSULTED,
            body=body,
            sha256=digest(body),
        )
        is_over = consultation.closes_on < today
        self.store.add(consultation, *self._comments(life, consultation, is_over))

    def _comments(
        self, life: Life, consultation: Consultation, is_over: bool
    ) -> Iterator[ConsultationComment]:
        """Of an open one two are still to be read; in a closed one all are answered."""
        words = self.words["consultation"]
        read = len(SECTIONS) if is_over else 2
        answers = words["answers"] * 2
        rows = zip(words["comments"], SECTIONS, strict=True)
        for number, ((standing, text), section) in enumerate(rows):
            row = _comment(consultation, number, section, standing, text)
            if number < read:
                row.status = Said.SHOWN
            if is_over:
                row.outcome, row.answer = answers[number]
                row.answered_by = self.cast.convener(life.place)
            yield row
        standing, text, why = words["hidden"]
        number = len(SECTIONS)
        row = _comment(
            consultation, number, SectionCode.RESPONSIBILITIES, standing, text
        )
        row.status, row.hidden_because = Said.HIDDEN, why
        yield row

    def _correct(self, lives: Iterable[Life], today: dt.date) -> None:
        """The newest order of notification waits for its right day."""
        orders = [
            event
            for life in lives
            for event in life.events
            if event.action == Action.NOTIFY and event is life.events[-1]
        ]
        ready = [e for e in orders if e.effective_on + ONE_DAY < today]
        if not ready:
            return
        event = max(ready, key=lambda event: event.recorded_at)
        correction = Correction(
            event=event,
            district=event.plan.district,
            effective_on=event.effective_on + ONE_DAY,
            order_number=event.order_number,
            reason=self.words["corrections"]["reason"],
            recorded_by=event.appointment,
            recorded_at=event.recorded_at + dt.timedelta(minutes=30),
        )
        self.store.add(correction)

    def _put_right(self, lives: Iterable[Life]) -> None:
        """A few plans in force name an office by the name that it had before."""
        wrong, right = self.words["corrections"]["erratum"]
        found = (
            (life, section)
            for life in lives
            if life.status == Status.PUBLISHED
            for section in life.parts.sections
            if wrong in section.body
        )
        for _number, (life, section) in zip(range(ERRATA), found, strict=False):
            at = life.events[-1].recorded_at
            self.store.add(
                Erratum(
                    plan=life.parts.plan,
                    district=life.place.district,
                    section=section.code,
                    wrong=wrong,
                    right=right,
                    reason=self.words["corrections"]["erratum_reason"],
                    status=Confirmation.CONFIRMED,
                    recorded_by=self.cast.convener(life.place),
                    recorded_at=at + dt.timedelta(minutes=10),
                    decided_by=self.cast.officer(life.place, at.date()),
                    decided_at=at + dt.timedelta(minutes=50),
                )
            )


def _comment(
    consultation: Consultation,
    number: int,
    section: SectionCode,
    standing: str,
    text: str,
) -> ConsultationComment:
    day = consultation.opens_on + dt.timedelta(days=2 * number + 1)
    at = dt.datetime.combine(day, dt.time(11, 20), timezone.get_current_timezone())
    return ConsultationComment(
        consultation=consultation,
        section=section,
        standing=standing,
        text=text,
        received_at=at,
    )
