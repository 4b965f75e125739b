"""The steps of each plan, as the workflow would have taken them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any

from django.utils import timezone

from actionplans.demo.cast import Cast
from actionplans.demo.days import Days
from actionplans.demo.ground import Ground, Place, days
from actionplans.demo.material import Material
from actionplans.demo.parts import Parts
from actionplans.models import Check, Decision, PlanEvent, ReturnReason
from portal.accounts.models import Appointment
from portal.moves import target_of
from portal.periods import ONE_DAY
from portal.rules import RULES
from portal.terms import Action, Status

FIRST_HOUR, LAST_HOUR = 10, 17
MINUTE = dt.timedelta(minutes=7)


@dataclass(slots=True, eq=False)
class Life:
    """What happens to one plan. `path` has the statuses it takes, one after another."""

    parts: Parts
    today: dt.date
    status: str = ""
    events: list[PlanEvent] = field(default_factory=list)
    path: list[Status] = field(default_factory=list)

    @property
    def place(self) -> Place:
        return self.parts.place

    def take(
        self,
        action: Action,
        on: dt.date,
        by: Appointment | None,
        typed: dt.date | None = None,
        **said: Any,
    ) -> PlanEvent:
        """Record the step, typed on that day or some days later."""
        plan = self.parts.plan
        before = self.status
        after = RULES[action].then or Status(before)
        if before:
            after = target_of(action, Status(before)) or Status(before)
        on = min(on, self.today - ONE_DAY)
        event = PlanEvent(
            plan=plan,
            action=action,
            before=before,
            after=after,
            appointment=by,
            effective_on=on,
            recorded_at=self._typed(typed or on),
            **said,
        )
        self.events.append(event)
        if before and after != before:
            self.path.append(after)
        self.status = after
        if action == Action.SUBMIT and by:
            plan.submitted_by = by.user
        if action in (Action.RECORD_ADOPTION, Action.HAND_IN):
            plan.recorded_by = by
        return event

    def follow(self, action: Action, other: PlanEvent) -> None:
        """Record what a step of another plan did to this one."""
        after = target_of(action, Status(self.status))
        assert after
        self.events.append(
            PlanEvent(
                plan=self.parts.plan,
                action=action,
                before=self.status,
                after=after,
                effective_on=other.effective_on,
                recorded_at=other.recorded_at,
            )
        )
        self.status = after

    def _typed(self, on: dt.date) -> dt.datetime:
        """In office hours, after the step before, and before today."""
        rng = self.place.rng
        day = min(on + days(rng, 0, 4), self.today - ONE_DAY)
        time = dt.time(rng.randint(FIRST_HOUR, LAST_HOUR), rng.randint(0, 59))
        moment = dt.datetime.combine(day, time, timezone.get_current_timezone())
        if not self.events:
            return moment
        return max(moment, self.events[-1].recorded_at + MINUTE)


class Teller:
    """Tells the lives of plans, each step by somebody who may take it."""

    def __init__(self, ground: Ground, material: Material, cast: Cast) -> None:
        self.ground = ground
        self.words = material.words
        self.cast = cast

    def tell(self, parts: Parts, when: Days, adoption: Decision | None) -> Life:
        """As far as the days go; `adoption` is the decision of the meeting."""
        life = Life(parts, self.ground.today)
        place = parts.place
        convener = self.cast.convener(place)
        life.take(Action.START, when.start, convener)
        self._begin(life, when, convener)
        if when.sent:
            note = place.rng.choice(self.words["plan"]["notes"]["submit"])
            life.take(Action.SUBMIT, when.sent, convener, note=note)
        if when.assessed:
            self._assess(life, when.assessed)
        if when.met and adoption:
            self._adopt(life, when.met, adoption, is_confirmed=when.is_confirmed)
        if when.published:
            self._publish(life, when.published)
        asides = [(when.held, self._hold), (when.notified, self._notify)]
        for day, take in sorted(((d, t) for d, t in asides if d), key=itemgetter(0)):
            take(life, day)
        if when.annulled:
            note = place.rng.choice(self.words["plan"]["notes"]["annul"])
            life.take(Action.ANNUL, when.annulled, self.cast.hq(), note=note)
        return life

    def recall(self, parts: Parts, when: Days) -> Life:
        """An old plan: recorded with its document, and perhaps typed since."""
        life, place = Life(parts, self.ground.today), parts.place
        assert when.met
        life.take(
            Action.RECORD,
            when.met,
            self.cast.officer(place, when.start),
            typed=when.start,
            order_number=self._order(place, when.met),
        )
        if when.sent:
            note = place.rng.choice(self.words["plan"]["notes"]["hand_in"])
            life.take(Action.HAND_IN, when.sent, self.cast.convener(place), note=note)
        if when.published:
            life.take(Action.TRANSCRIBE, when.published, self.cast.state(place))
        return life

    def give_up(self, parts: Parts, when: Days) -> Life:
        """A draft that is discarded before anybody submitted it."""
        life = Life(parts, self.ground.today)
        convener = self.cast.convener(parts.place)
        life.take(Action.START, when.start, convener)
        note = parts.place.rng.choice(self.words["plan"]["notes"]["discard"])
        assert when.back
        life.take(Action.DISCARD, when.back, convener, note=note)
        return life

    def _begin(self, life: Life, when: Days, convener: Appointment) -> None:
        """What happens to a draft before the submission that counts."""
        if when.first_sent and when.back:
            life.take(Action.SUBMIT, when.first_sent, convener)
            self._return(life, when.back)
        if when.consulted:
            life.take(Action.CONSULT, when.consulted, convener)

    def _return(self, life: Life, on: dt.date) -> None:
        rng = life.place.rng
        codes = rng.sample(sorted(ReturnReason.values), rng.choice([1, 1, 2]))
        note = " ".join(self.words["returns"][code] for code in codes)
        life.take(
            Action.RETURN,
            on,
            self.cast.officer(life.place, on),
            note=life.parts.speech.fill(note),
            reason_codes=codes,
        )

    def _assess(self, life: Life, on: dt.date) -> None:
        rng, notes = life.place.rng, self.words["plan"]["notes"]
        if rng.random() < 1 / 4:
            held = self.cast.state(life.place)
            before = life.events[-1].effective_on
            said = rng.choice(notes["comment"])
            day = before + (on - before) / 2
            life.take(Action.COMMENT, day, held, note=said)
        life.take(
            Action.ASSESS,
            on,
            self.cast.officer(life.place, on),
            note=rng.choice(notes["assess"]),
            checklist={check.value: rng.random() < 9 / 10 for check in Check},
        )

    def _adopt(
        self, life: Life, on: dt.date, adoption: Decision, *, is_confirmed: bool
    ) -> None:
        """The chair adopts; where the chair has no account, two other offices do."""
        place = life.place
        chair = self.cast.chair(place)
        if chair and is_confirmed:
            life.take(Action.ADOPT, on, chair, decision=adoption)
            return
        convener = self.cast.convener(place)
        life.take(Action.RECORD_ADOPTION, on, convener, decision=adoption)
        if is_confirmed:
            offices = [self.cast.state(place), self.cast.officer(place, on)]
            confirming = place.rng.choice(offices)
            life.take(Action.CONFIRM, on, confirming, decision=adoption)

    def _publish(self, life: Life, on: dt.date) -> None:
        by = self.cast.officer(life.place, on)
        if life.place.rng.random() < 1 / 10:
            by = self.cast.hq()
        life.take(Action.PUBLISH, on, by)

    def _hold(self, life: Life, on: dt.date) -> None:
        note = life.place.rng.choice(self.words["plan"]["notes"]["hold"])
        life.take(Action.HOLD, on, self.cast.officer(life.place, on), note=note)

    def _notify(self, life: Life, on: dt.date) -> None:
        order = self._order(life.place, on)
        life.take(Action.NOTIFY, on, self.cast.convener(life.place), order_number=order)

    def _order(self, place: Place, on: dt.date) -> str:
        return f"{place.rng.randint(11, 480)}/DEPC/{on.year}"
