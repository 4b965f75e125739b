"""One thing that waits, in words: what to do, by when, where, and what else happens."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actionplans.blockers import ENDORSEMENT_DAYS
from actionplans.deadlines import DAYS_TO_ANSWER, Urgency, due_in, urgency
from actionplans.glance import Place
from actionplans.waiting.consequences import if_nothing_is_done, told_next
from actionplans.waiting.putting_off import PutOff
from actionplans.waiting.rows import RIGHTS, Kind, Row
from portal.numbers import grouped
from portal.periods import Quarter, written
from portal.terms import Action, Asked, Status

STATUS_OF = {
    Kind.DRAFT: Status.DRAFT,
    Kind.ASSESS: Status.UNDER_ASSESSMENT,
    Kind.ADOPT: Status.ASSESSED,
    Kind.RECORD: Status.ASSESSED,
    Kind.CONFIRM: Status.RECORDED,
    Kind.PUBLISH: Status.ADOPTED,
    Kind.CHECK: Status.TRANSCRIBED,
}
VERBS = {
    Kind.START: gettext_lazy("Start the plan"),
    Kind.ENDORSE: gettext_lazy("Endorse the draft plan"),
    Kind.ASSESS: gettext_lazy("Assess the draft plan"),
    Kind.ADOPT: gettext_lazy("Adopt the plan"),
    Kind.RECORD: gettext_lazy("Put the plan to the committee and record its adoption"),
    Kind.CONFIRM: gettext_lazy("Confirm the adoption"),
    Kind.PUBLISH: gettext_lazy("Publish the plan"),
    Kind.CORRECTION: gettext_lazy("Decide on the correction of a step"),
    Kind.ERRATUM: gettext_lazy("Decide on an erratum to the plan"),
    Kind.CHECK: gettext_lazy("Check the transcription and confirm it"),
    Kind.STRUCTURE: gettext_lazy("Structure the plan"),
    Kind.SETTLE: gettext_lazy("Read the answer, and close the bottleneck or go higher"),
}
FOR_RUNG = {
    Asked.OF_DEPC: gettext_lazy("Answer a bottleneck for the district committee"),
    Asked.OF_SEPC: gettext_lazy("Answer a bottleneck for the State committee"),
    Asked.OF_HEADQUARTERS: gettext_lazy("Answer a bottleneck for headquarters"),
}
# What is said of the step that brought a plan to where it waits.
DETAILS = {
    Action.START: gettext_lazy("Started on %(day)s."),
    Action.WITHDRAW: gettext_lazy("Withdrawn on %(day)s."),
    Action.RETURN: gettext_lazy("Returned on %(day)s."),
    Action.SUBMIT: gettext_lazy("Submitted on %(day)s."),
    Action.ASSESS: gettext_lazy("Assessed on %(day)s."),
    Action.RECORD_ADOPTION: gettext_lazy("The record says: adopted on %(day)s."),
    Action.ADOPT: gettext_lazy("Adopted on %(day)s."),
    Action.CONFIRM: gettext_lazy("Adopted on %(day)s."),
    Action.RECORD: gettext_lazy("Adopted on %(day)s, there is only the document."),
    Action.RECORD_DRAFT: gettext_lazy("Recorded with its document on %(day)s."),
    Action.HAND_IN: gettext_lazy("Handed in on %(day)s."),
    Action.REINSTATE: gettext_lazy("In force again since %(day)s."),
}
# What is said of what is no step of a plan.
SAID = {
    Kind.CORRECTION: gettext_lazy("Another office asked for it on %(day)s."),
    Kind.ERRATUM: gettext_lazy("Another office asked for it on %(day)s."),
    Kind.COMMENT: gettext_lazy("The first came on %(day)s."),
    Kind.VERIFY: gettext_lazy("Another office corrected them, first on %(day)s."),
    Kind.DECISION: gettext_lazy("Decided on %(day)s: %(words)s"),
    Kind.ANSWER: gettext_lazy("Asked on %(day)s: %(words)s"),
    Kind.SETTLE: gettext_lazy("Answered on %(day)s: %(words)s"),
}
# So long is the part of a text that a row shows.
SHOWN = 90


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits in a district: what to do, by when, and where."""

    row: Row
    district: Place
    today: dt.date
    due_on: dt.date | None
    put_off: PutOff | None = None

    @classmethod
    def of(
        cls, row: Row, district: Place, today: dt.date, put_off: PutOff | None = None
    ) -> Item:
        return cls(row, district, today, _due_on(row), put_off)

    @property
    def kind(self) -> Kind:
        return Kind(self.row.kind)

    @property
    def quarter(self) -> Quarter:
        return Quarter.from_code(self.row.thing)

    @property
    def urgency(self) -> Urgency:
        return urgency(self.due_on, self.today)

    @property
    def what(self) -> str:
        """The thing to do, verb first."""
        kind, row = self.kind, self.row
        if kind == Kind.REPORT:
            file, prepare = _("File the %(q)s report"), _("Prepare the %(q)s report")
            return (file if row.leads else prepare) % {"q": self.quarter}
        if kind == Kind.DRAFT:
            return _complete(row)
        if kind == Kind.ANSWER:
            return str(FOR_RUNG[Asked(row.how)])
        if kind == Kind.DECISION:
            number = f"{row.how}/{row.figures}"
            return _("Carry out decision %(number)s") % {"number": number}
        if kind in (Kind.COMMENT, Kind.VERIFY):
            return self._several()
        return str(VERBS[kind])

    def _several(self) -> str:
        count = self.row.figures
        if self.kind == Kind.COMMENT:
            said = ngettext(
                "Read %(number)s comment on the draft",
                "Read %(number)s comments on the draft",
                count,
            )
            return said % {"number": grouped(count)}
        said = ngettext(
            "Verify %(number)s corrected figure of %(q)s",
            "Verify %(number)s corrected figures of %(q)s",
            count,
        )
        return said % {"number": grouped(count), "q": self.quarter}

    @property
    def detail(self) -> str:
        """How it came to wait, or how far it is."""
        row = self.row
        if self.kind == Kind.REPORT:
            return _progress(row)
        if row.since is None:
            return _("No plan is in force or being prepared.")
        said = SAID.get(self.kind) or DETAILS[Action(row.how)]
        text = Truncator(" ".join(row.words.split())).chars(SHOWN)
        return said % {"day": written(row.since), "words": text}

    @property
    def otherwise(self) -> str:
        """What happens if nothing is done."""
        return if_nothing_is_done(self.row, self.due_on, self.today)

    @property
    def told(self) -> str:
        """Who hears of it next if it stays undone."""
        return told_next(self.due_on, self.today)

    @property
    def url(self) -> str:
        kind, row = self.kind, self.row
        place = [self.district.state.slug, self.district.slug]
        if kind == Kind.REPORT:
            return reverse("desk:report", args=[*place, self.quarter])
        if kind == Kind.VERIFY:
            return reverse("desk:reading-verify", args=[*place, int(row.at)])
        if kind in (Kind.ANSWER, Kind.SETTLE):
            return reverse("desk:bottleneck", args=[*place, UUID(row.at)])
        if kind == Kind.DECISION:
            return reverse("desk:decision-edit", args=[int(row.at), row.figures])
        if kind == Kind.START:
            return reverse("desk:district-start", args=place)
        return _of_plan(kind, row.thing)

    @property
    def snooze_url(self) -> str:
        row = self.row
        return reverse("desk:snooze", args=[row.kind, row.district, row.thing])


def _due_on(row: Row) -> dt.date | None:
    """By when it is to be done; an old plan and one not begun press nobody."""
    kind = Kind(row.kind)
    if kind == Kind.REPORT:
        return Quarter.from_code(row.thing).due_on
    if kind in (Kind.DECISION, Kind.ANSWER):
        return row.due_on
    if row.since is None or kind == Kind.STRUCTURE:
        return None
    if kind == Kind.ENDORSE:
        return row.since + dt.timedelta(days=ENDORSEMENT_DAYS)
    if kind in STATUS_OF:
        return due_in(STATUS_OF[kind], row.since)
    return row.since + DAYS_TO_ANSWER


def _complete(row: Row) -> str:
    """What a draft asks of who may submit it, and of who only helps."""
    if row.how == Action.RETURN:
        if row.leads:
            return _("Mend the returned draft and submit it")
        return _("Mend the returned draft")
    if row.leads:
        return _("Complete the draft and submit it")
    return _("Complete the draft")


def _progress(row: Row) -> str:
    """How far a report is; of one that was begun long ago only what is entered."""
    if not row.begun:
        return _("Not begun.")
    if row.figures:
        return _("%(entered)s of %(figures)s figures are entered.") % {
            "entered": row.entered,
            "figures": row.figures,
        }
    said = ngettext(
        "%(number)s figure is entered.", "%(number)s figures are entered.", row.entered
    )
    return said % {"number": row.entered}


def _of_plan(kind: Kind, key: int) -> str:
    if kind == Kind.COMMENT:
        return reverse("desk:plan-consultation", args=[key])
    if kind in (Kind.CORRECTION, Kind.ERRATUM):
        return reverse(f"desk:{kind}", args=[key])
    if kind in (Kind.DRAFT, Kind.STRUCTURE):
        return reverse("desk:plan", args=[key])
    return reverse("desk:plan-step", args=[key, RIGHTS[kind][0]])
