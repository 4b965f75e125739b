"""The worklist of an official: what waits, in words, grouped by district, oldest first.

`actionplans.waiting` says what waits for whom, `actionplans.deadlines` by when.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from actionplans.blockers import ENDORSEMENT_DAYS
from actionplans.deadlines import Urgency, due_in, urgency
from actionplans.glance import Glance, Place, StateName, glances
from actionplans.waiting import ACTION_OF, waiting
from actionplans.waiting_rows import Asker, Kind, Row
from districts.models import District
from portal.accounts.models import User
from portal.numbers import grouped
from portal.periods import Quarter, written
from portal.terms import Action, Status

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
WITHOUT_DAY = {
    Kind.START: gettext_lazy("No plan is in force or being prepared."),
    Kind.CORRECTION: gettext_lazy("Another office asks for it."),
    Kind.ERRATUM: gettext_lazy("Another office asks for it."),
    Kind.COMMENT: gettext_lazy("Nobody sees them before they are read."),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits in a district: what to do, by when, and where."""

    row: Row
    district: Place
    today: dt.date

    @property
    def kind(self) -> Kind:
        return Kind(self.row.kind)

    @property
    def quarter(self) -> Quarter:
        return Quarter.from_code(self.row.thing)

    @property
    def due_on(self) -> dt.date | None:
        if self.kind == Kind.REPORT:
            return self.quarter.due_on
        if self.row.since is None or self.kind == Kind.STRUCTURE:
            return None
        if self.kind == Kind.ENDORSE:
            return self.row.since + dt.timedelta(days=ENDORSEMENT_DAYS)
        return due_in(STATUS_OF[self.kind], self.row.since)

    @property
    def urgency(self) -> Urgency:
        return urgency(self.due_on, self.today)

    @property
    def what(self) -> str:
        """The thing to do, verb first."""
        if self.kind == Kind.REPORT:
            leads = self.row.leads
            file, prepare = _("File the %(q)s report"), _("Prepare the %(q)s report")
            return (file if leads else prepare) % {"q": self.quarter}
        if self.kind == Kind.DRAFT:
            return self._draft()
        if self.kind == Kind.COMMENT:
            return self._comments()
        return str(VERBS[self.kind])

    def _comments(self) -> str:
        count = self.row.figures
        said = ngettext(
            "Read %(number)s comment on the draft",
            "Read %(number)s comments on the draft",
            count,
        )
        return said % {"number": grouped(count)}

    def _draft(self) -> str:
        if self.row.how == Action.RETURN:
            if self.row.leads:
                return _("Mend the returned draft and submit it")
            return _("Mend the returned draft")
        if self.row.leads:
            return _("Complete the draft and submit it")
        return _("Complete the draft")

    @property
    def detail(self) -> str:
        if self.kind == Kind.REPORT:
            return self._progress()
        if self.row.since is None:
            return str(WITHOUT_DAY[self.kind])
        words = {"day": written(self.row.since)}
        return str(DETAILS[Action(self.row.how)]) % words

    def _progress(self) -> str:
        if not self.row.begun:
            return _("Not begun.")
        return _("%(entered)s of %(figures)s figures are entered.") % {
            "entered": self.row.entered,
            "figures": self.row.figures,
        }

    @property
    def url(self) -> str:
        place = [self.district.state.slug, self.district.slug]
        if self.kind == Kind.REPORT:
            return reverse("desk:report", args=[*place, self.quarter])
        if self.kind == Kind.START:
            return reverse("desk:district-start", args=place)
        if self.kind == Kind.COMMENT:
            return reverse("desk:plan-consultation", args=[self.row.thing])
        if self.kind in (Kind.CORRECTION, Kind.ERRATUM):
            return reverse(f"desk:{self.kind}", args=[self.row.thing])
        if self.kind in (Kind.DRAFT, Kind.STRUCTURE):
            return reverse("desk:plan", args=[self.row.thing])
        return reverse("desk:plan-step", args=[self.row.thing, ACTION_OF[self.kind]])


@dataclass(frozen=True, slots=True)
class Pending:
    """Old plans of a State that the official handed in and did not record yet."""

    key: int
    state: StateName
    since: dt.date | None


@dataclass(frozen=True, slots=True)
class Group:
    """A district with what waits there, oldest due first."""

    glance: Glance
    items: list[Item]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the list is narrowed to; nothing that is empty narrows."""

    kind: str = ""
    words: str = ""
    due: str = ""

    @classmethod
    def asked(cls, query: Mapping[str, str]) -> Wanted:
        """From the address bar; what it does not know there narrows nothing."""
        kind, due = query.get("kind", ""), query.get("due", "")
        return cls(
            kind=kind if kind in Kind.values else "",
            words=query.get("q", "").strip(),
            due=due if due in set(Urgency) else "",
        )

    def takes(self, item: Item, *, any_kind: bool = False) -> bool:
        return (
            (any_kind or self.kind in ("", item.kind))
            and self.due in ("", item.urgency)
            and all(word in _searched(item.district) for word in self._words)
        )

    @property
    def _words(self) -> list[str]:
        return self.words.casefold().split()


@dataclass(frozen=True, slots=True)
class Worklist:
    """Everything that waits for an official, and the districts in their charge."""

    items: list[Item]
    glances: list[Glance]
    intakes: list[Pending]

    def groups(self, wanted: Wanted) -> list[Group]:
        """The districts by what is due first there; what has no date comes last."""
        found: dict[int, list[Item]] = {}
        for item in sorted(filter(wanted.takes, self.items), key=_by_due):
            found.setdefault(item.district.pk, []).append(item)
        by_key = {glance.district.pk: glance for glance in self.glances}
        return [Group(by_key[key], items) for key, items in found.items()]

    def counts(self, wanted: Wanted) -> dict[Kind, int]:
        """How much waits of each kind, narrowed by everything but the kind."""
        rows = [item for item in self.items if wanted.takes(item, any_kind=True)]
        found = Counter(item.kind for item in rows)
        return {kind: found[kind] for kind in Kind if found[kind]}

    def are(self, word: Urgency) -> int:
        return sum(item.urgency == word for item in self.items)

    @property
    def busy(self) -> int:
        """In how many districts something waits."""
        return len({item.district.pk for item in self.items})


def worklist(user: User) -> Worklist:
    """Two queries, however many districts the official has."""
    today = timezone.localdate()
    seen = glances(user)
    by_key = {glance.district.pk: glance.district for glance in seen}
    rows = waiting(Asker(user, today), seen)
    things = [row for row in rows if row.kind != Kind.INTAKE]
    items = [Item(row, by_key[row.district], today) for row in things]
    states = {glance.district.state.pk: glance.district.state for glance in seen}
    pending = [
        Pending(row.thing, states[row.district], row.since)
        for row in rows
        if row.kind == Kind.INTAKE
    ]
    return Worklist(items, seen, pending)


def waits_in(district: District, user: User) -> list[Item]:
    """What waits for the official in one district, oldest due first; two queries."""
    today = timezone.localdate()
    seen = glances(user, district)
    rows = waiting(Asker(user, today, district), seen)
    items = [Item(row, glance.district, today) for glance in seen for row in rows]
    return sorted(items, key=_by_due)


def _by_due(item: Item) -> tuple[dt.date, bool, str, str, int]:
    """What an old plan lacks comes after everything else."""
    can_wait = item.kind == Kind.STRUCTURE
    row, due_on = item.row, item.due_on or dt.date.max
    return due_on, can_wait, item.district.name, item.kind, row.thing


def _searched(district: Place) -> str:
    return f"{district.name} {district.name_hi} {district.aliases}".casefold()
