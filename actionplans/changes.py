"""The latest changes that everybody may see: public steps of plans, filed reports.

Offices are named, never persons; reasons, comments and contents stay where they are.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from operator import attrgetter

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from actionplans.models import PlanEvent, Report
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


@dataclass(frozen=True, slots=True)
class Change:
    on: dt.date
    district: District
    sentence: str
    office: str
    stage: Stage


def latest(count: int) -> list[Change]:
    """So many changes, the newest first; two queries."""
    found = [*_steps(count), *_reports(count)]
    return sorted(found, key=attrgetter("on"), reverse=True)[:count]


def _steps(count: int) -> list[Change]:
    """What an annulled plan went through is undone."""
    rows = (
        PlanEvent.objects.standing()
        .filter(action__in=PUBLIC_STEPS)
        .exclude(plan__status=Status.ANNULLED)
        .select_related("plan__district__state", "appointment__ra")
        .defer("note", "reason_codes", "checklist")
        .order_by("-effective_on", "-pk")[:count]
    )
    return [
        Change(
            event.effective_on,
            event.plan.district,
            str(PUBLIC_STEPS[Action(event.action)][0]),
            _office(event.appointment),
            PUBLIC_STEPS[Action(event.action)][1],
        )
        for event in rows
    ]


def _reports(count: int) -> list[Change]:
    rows = (
        Report.objects.filter(filed_on__isnull=False)
        .select_related("district__state", "filed_by__ra")
        .defer("done", "next_steps", "help_needed")
        .order_by("-filed_on", "-pk")[:count]
    )
    return [
        Change(
            report.filed_on,
            report.district,
            gettext("Report for %(quarter)s filed")
            % {"quarter": Quarter.from_code(report.quarter)},
            _office(report.filed_by),
            Stage.REPORTING,
        )
        for report in rows
        if report.filed_on
    ]


def _office(post: Appointment | None) -> str:
    """The office that acted; nothing for what followed from another step."""
    if post is None:
        return ""
    if post.ra is None:
        return post.get_role_display()
    hindi = post.ra.name_hi if get_language() == "hi" else ""
    return gettext("RA %(city)s") % {"city": hindi or post.ra.name}
