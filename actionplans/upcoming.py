"""What comes next in a district, as far as its record says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from actionplans.by_itself import Publication
from actionplans.consultations import Phase, phase
from actionplans.measures import TargetStanding
from actionplans.models import Consultation
from actionplans.record import Board
from districts.models import District
from portal.periods import Quarter


@dataclass(frozen=True, slots=True)
class Coming:
    """Something that falls on a day. What should have been by now keeps its day."""

    on: dt.date
    sentence: str
    href: str = ""


def coming(
    district: District,
    *,
    quarter: Quarter,
    board: Board | None,
    publication: Publication | None,
    consultation: Consultation | None,
    targets: Iterable[TargetStanding],
) -> list[Coming]:
    """The next first; no query."""
    found = chain(
        _report(quarter),
        _meeting(board),
        _publication(publication),
        _consultation(district, consultation),
        _target(targets),
    )
    return sorted(found, key=attrgetter("on"))


def _report(quarter: Quarter) -> Iterator[Coming]:
    sentence = _("The report for %(quarter)s is due.") % {"quarter": quarter}
    yield Coming(quarter.due_on, sentence)


def _meeting(board: Board | None) -> Iterator[Coming]:
    """No law sets when a committee meets: only its own rule can be reckoned with."""
    if not board or not board.next_on:
        return
    if board.next_on < timezone.localdate():
        sentence = _("Overdue since this day: the committee was to meet again.")
        yield Coming(board.next_on, sentence)
    else:
        months = board.committee.months_between or 0
        sentence = ngettext(
            "By this day the committee meets again: its rule is every month.",
            "By this day the committee meets again: its rule is every %(months)s"
            " months.",
            months,
        )
        yield Coming(board.next_on, sentence % {"months": months})


def _publication(publication: Publication | None) -> Iterator[Coming]:
    if publication and publication.hold:
        yield Coming(
            publication.on, _("The publication of the plan is held until then.")
        )
    elif publication:
        yield Coming(
            publication.on,
            _("The adopted plan is published by itself, unless that is held."),
        )


def _consultation(
    district: District, consultation: Consultation | None
) -> Iterator[Coming]:
    if consultation is None:
        return
    href = reverse("consultation", args=[district.state.slug, district.slug])
    match phase(consultation):
        case Phase.UPCOMING:
            sentence = _("The draft plan opens to comment.")
            yield Coming(consultation.opens_on, sentence, href)
        case Phase.OPEN:
            sentence = _("Last day to comment on the draft plan.")
            yield Coming(consultation.closes_on, sentence, href)


def _target(targets: Iterable[TargetStanding]) -> Iterator[Coming]:
    """The first day on which a target falls due, with how many do."""
    today = timezone.localdate()
    days = [row.target.due_on for row in targets if row.target.due_on >= today]
    if days:
        next_on = min(days)
        count = days.count(next_on)
        sentence = ngettext(
            "%(count)s target of the plan is due.",
            "%(count)s targets of the plan are due.",
            count,
        )
        yield Coming(next_on, sentence % {"count": count})
