"""What changed lately and everybody may see: steps of plans, reports, corrections.

Offices are named, never persons; reasons, comments and contents stay where they are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from actionplans.models import (
    Consultation,
    Erratum,
    PlanEvent,
    Reading,
    Report,
    SectionCode,
)
from actionplans.stages import Stage
from districts.models import District
from portal.accounts.models import Appointment
from portal.periods import Quarter
from portal.terms import Action, Status

# What each public step did, and the stage whose glyph it bears.
PUBLIC_STEPS = {
    Action.SUBMIT: (_("Draft submitted for assessment"), Stage.DRAFTED),
    Action.ASSESS: (_("Draft assessed, for the DEPC to decide"), Stage.DRAFTED),
    Action.ADOPT: (_("Plan adopted by the DEPC"), Stage.ADOPTED),
    Action.CONFIRM: (_("Adoption by the DEPC confirmed"), Stage.ADOPTED),
    Action.NOTIFY: (_("Plan notified"), Stage.ADOPTED),
    Action.PUBLISH: (_("Plan published"), Stage.PUBLISHED),
}

# Of one step on one day so many districts are named, for a day may have hundreds.
SHOWN_ALIKE = 3

# Of an old plan that came as a document: told on the page of its district only.
OLD_PLANS = {
    Action.RECORD_DRAFT: (
        _("An older draft recorded with its document"),
        Stage.DRAFTED,
    ),
    Action.RECORD: (_("An older plan recorded with its document"), Stage.ADOPTED),
    Action.TRANSCRIBE: (_("An older plan structured"), Stage.PUBLISHED),
}


@dataclass(frozen=True, slots=True)
class Change:
    on: dt.date
    district: District
    sentence: str
    office: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class Alike:
    """The same step on the same day: some districts, and how many more took it."""

    changes: list[Change]
    more: int


def latest(count: int) -> list[Alike]:
    """So many changes in the land, the newest first; four queries."""
    found = [*_last_steps(count), *_last_reports(count)]
    found.sort(key=lambda pair: pair[0].on, reverse=True)
    groups: dict[tuple[dt.date, str], tuple[list[Change], int]] = {}
    for change, alike in found[:count]:
        key = change.on, change.sentence
        groups.setdefault(key, ([], alike))[0].append(change)
    return [Alike(own, alike - len(own)) for own, alike in groups.values()]


def newest(found: Iterable[Change], count: int) -> list[Change]:
    return sorted(found, key=attrgetter("on"), reverse=True)[:count]


def _last_steps(count: int) -> list[tuple[Change, int]]:
    """Each with how many were alike; what an annulled plan went through is undone.

    Found by their keys first: a database that joins places and offices to every step
    before it sorts them takes five times as long.
    """
    told = PlanEvent.objects.standing().filter(action__in=PUBLIC_STEPS)
    told = told.exclude(plan__status=Status.ANNULLED)
    known = _few_alike(told, "effective_on", "action", count)
    rows = PlanEvent.objects.select_related("plan__district__state", "appointment__ra")
    events = rows.defer("note", "reason_codes", "checklist").in_bulk(known)
    changes = _of_steps(events[key] for key in known)
    return list(zip(changes, known.values(), strict=True))


def _last_reports(count: int) -> list[tuple[Change, int]]:
    filed = Report.objects.filter(filed_on__isnull=False)
    known = _few_alike(filed, "filed_on", "quarter", count)
    rows = Report.objects.select_related("district__state", "filed_by__ra")
    reports = rows.defer("done", "next_steps", "help_needed").in_bulk(known)
    changes = of_reports(reports[key] for key in known)
    return list(zip(changes, known.values(), strict=True))


def _few_alike(rows: QuerySet[Any], day: str, kind: str, count: int) -> dict[int, int]:
    """The keys of the newest, a few at most of one day and kind, and how many are."""
    alike = [F(day), F(kind)]
    numbered = rows.annotate(
        place=Window(RowNumber(), partition_by=alike, order_by=F("pk").desc()),
        alike=Window(Count("pk"), partition_by=alike),
    )
    few = numbered.filter(place__lte=SHOWN_ALIKE).order_by(f"-{day}", kind, "-pk")
    return dict(few.values_list("pk", "alike")[:count])


def _of_steps(events: Iterable[PlanEvent]) -> list[Change]:
    told = PUBLIC_STEPS | OLD_PLANS
    return [
        Change(
            event.effective_on,
            event.plan.district,
            str(told[Action(event.action)][0]),
            office_of(event.appointment),
            told[Action(event.action)][1],
        )
        for event in events
    ]


def of_chronicle(events: Iterable[PlanEvent]) -> list[Change]:
    """Of one district: its steps with what was annulled and what was corrected.

    The last comes first, as it must where two have the same day.
    """
    rows = list(events)[::-1]
    replaced = {event.replaces_id for event in rows}
    undone = {event.plan_id for event in rows if event.plan.status == Status.ANNULLED}
    stand = [event for event in rows if event.pk not in replaced]
    told = [
        event
        for event in stand
        if event.action in PUBLIC_STEPS | OLD_PLANS and event.plan_id not in undone
    ]
    return [
        *_of_steps(told),
        *(_corrected(event) for event in told if event.replaces_id),
        *(_annulled(event) for event in stand if event.action == Action.ANNUL),
    ]


def _corrected(event: PlanEvent) -> Change:
    told, stage = (PUBLIC_STEPS | OLD_PLANS)[Action(event.action)]
    sentence = gettext("What was recorded of “%(step)s” put right") % {"step": told}
    on = timezone.localdate(event.recorded_at)
    return Change(
        on, event.plan.district, sentence, office_of(event.appointment), stage
    )


def _annulled(event: PlanEvent) -> Change:
    sentence = gettext("Version %(number)s annulled") % {"number": event.plan.number}
    office = office_of(event.appointment)
    district = event.plan.district
    return Change(event.effective_on, district, sentence, office, Stage.NONE)


def of_reports(reports: Iterable[Report]) -> list[Change]:
    return [
        Change(
            report.filed_on,
            report.district,
            gettext("Report for %(quarter)s filed")
            % {"quarter": Quarter.from_code(report.quarter)},
            office_of(report.filed_by),
            Stage.REPORTING,
        )
        for report in reports
        if report.filed_on
    ]


def of_errata(errata: Iterable[Erratum]) -> list[Change]:
    """Those that another office confirmed."""
    return [
        Change(
            timezone.localdate(row.decided_at),
            row.district,
            gettext("Erratum to the section “%(section)s”")
            % {"section": SectionCode(row.section).label},
            office_of(row.recorded_by),
            Stage.ADOPTED,
        )
        for row in errata
    ]


def of_corrections(district: District, readings: Iterable[Reading]) -> list[Change]:
    """Figures that replaced others; who corrected them stands with the figures."""
    return [
        Change(
            timezone.localdate(reading.recorded_at),
            district,
            gettext("A figure for %(quarter)s corrected")
            % {"quarter": Quarter.from_code(reading.quarter)},
            "",
            Stage.REPORTING,
        )
        for reading in readings
    ]


def of_consultations(
    district: District, consultations: Iterable[Consultation]
) -> list[Change]:
    """From the day on which a draft was put before everybody."""
    today = timezone.localdate()
    return [
        Change(
            row.opens_on,
            district,
            gettext("Draft opened to comment"),
            "",
            Stage.DRAFTED,
        )
        for row in consultations
        if row.opens_on <= today
    ]


def office_of(post: Appointment | None) -> str:
    """The office that acted; nothing for what followed from another step."""
    if post is None:
        return ""
    if post.ra is None:
        return post.get_role_display()
    hindi = post.ra.name_hi if get_language() == "hi" else ""
    return gettext("RA %(city)s") % {"city": hindi or post.ra.name}
