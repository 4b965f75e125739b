"""All that the public page of a district shows, gathered in a fixed number of queries.

What machines read of a district comes from here too.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone

from actionplans import changes, record, upcoming
from actionplans.atlas import Atlas, Place
from actionplans.catalogues import Catalogues
from actionplans.changes import Change
from actionplans.chronicle import Chronicle
from actionplans.consultations import of_district
from actionplans.interventions import ActionLine
from actionplans.measures import standings
from actionplans.models import Consultation, Erratum, Intervention, Plan, Report, Target
from actionplans.old_plans import Recorded, recorded_of
from actionplans.record import AdoptionRecord, Board, ProductLine, TargetTable
from actionplans.stages import Standing
from actionplans.upcoming import Coming
from districts.facts import Facts, Family
from districts.models import District, ExportFigure, ProgrammeTag
from districts.outlines import neighbours
from portal.naming import alphabetical
from portal.periods import Quarter
from portal.terms import Action, Confirmation

REPORTS_SHOWN, CHANGES_SHOWN = 12, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """What the registers say of a living district; no query while they are kept."""

    tags: list[ProgrammeTag]
    figures: list[ExportFigure]
    family: Family
    neighbours: list[Place]


@dataclass(frozen=True, slots=True, kw_only=True)
class InForce:
    """The plan that is followed: its targets and interventions, how it was adopted."""

    plan: Plan
    targets: TargetTable
    actions: list[ActionLine]
    record: AdoptionRecord | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """What is recorded of a living district.

    `recorded` is an older plan in force, of which only the document is here.
    """

    chronicle: Chronicle
    in_force: InForce | None
    recorded: Recorded | None
    products: list[ProductLine]
    board: Board | None
    reports: list[Report]
    consultations: list[Consultation]
    errata: list[Erratum]

    @property
    def plan(self) -> Plan | None:
        """The one that is followed."""
        return self.in_force.plan if self.in_force else None

    @property
    def in_force_since(self) -> dt.date | None:
        """Of the plan that is followed, where it is not the first of the district."""
        rows = self.chronicle.history
        days = [row.published_on for row in rows if row.plan == self.plan]
        return days[0] if days and len(rows) > 1 else None

    @property
    def consultation(self) -> Consultation | None:
        """The last one."""
        return self.consultations[-1] if self.consultations else None

    @property
    def bare_products(self) -> list[ProductLine]:
        """Those of which nothing is recorded beside that the district makes them."""
        bare = (line for line in self.products if not line.is_in_plan)
        return [line for line in bare if not line.is_known]

    @property
    def has_told_products(self) -> bool:
        """Whether any product is told at length, before the bare ones."""
        return len(self.bare_products) < len(self.products)

    @property
    def newest_report(self) -> Report | None:
        return max(self.reports, key=filed_on, default=None)

    def changes(self, district: District) -> list[Change]:
        """What changed lately."""
        table = self.in_force.targets.lines if self.in_force else []
        corrected = [row for line in table for row in line.standing.corrections]
        found = [
            *changes.of_chronicle(self.chronicle.events),
            *changes.of_reports(self.reports),
            *changes.of_errata(self.errata),
            *changes.of_corrections(district, corrected),
            *changes.of_consultations(district, self.consultations),
        ]
        return changes.newest(found, CHANGES_SHOWN)

    def coming(self, district: District, standing: Standing) -> list[Coming]:
        """What comes next."""
        table = self.in_force.targets.lines if self.in_force else []
        return upcoming.coming(
            district,
            quarter=next_quarter(standing),
            board=self.board,
            publication=self.chronicle.publication,
            consultation=self.consultation,
            targets=[line.standing for line in table],
        )


def portrait(district: District, atlas: Atlas) -> Portrait:
    chronicle = Chronicle.of(district)
    plan, document = chronicle.in_force, chronicle.as_document
    facts = atlas.once("facts", Facts.gather)
    names = atlas.once("names", Catalogues.gather)
    errata = Erratum.objects.filter(
        district=district, plan__in=chronicle.versions, status=Confirmation.CONFIRMED
    )
    return Portrait(
        chronicle=chronicle,
        in_force=_in_force(plan, chronicle, names) if plan else None,
        recorded=_recorded(document, chronicle) if document else None,
        products=record.product_lines(district, plan, facts),
        board=record.board(district),
        reports=filed_reports(district),
        consultations=of_district(district),
        errata=list(errata.select_related("district", "recorded_by__ra")),
    )


def registered(district: District, atlas: Atlas) -> Registered:
    facts = atlas.once("facts", Facts.gather)
    return Registered(
        tags=facts.tags.get(district.pk, []),
        figures=facts.figures.get(district.pk, []),
        family=facts.family(district),
        neighbours=beside(atlas.at(district), atlas),
    )


def beside(place: Place, atlas: Atlas) -> list[Place]:
    """The districts that share a border with it, by name; none without an outline."""
    by_outline = atlas.once("outlines", lambda: {p.outline: p for p in atlas.places})
    keys = neighbours().get(place.outline, [])
    found = (by_outline[key] for key in keys if key in by_outline)
    return sorted(found, key=alphabetical)


def filed_reports(district: District) -> list[Report]:
    rows = district.reports.filter(filed_on__isnull=False)
    return list(rows.select_related("filed_by__ra")[:REPORTS_SHOWN])


def filed_on(report: Report) -> dt.date:
    return report.filed_on or dt.date.min


def next_quarter(standing: Standing) -> Quarter:
    """The quarter that falls due next, or the one after what was filed early."""
    following = Quarter.last_due(timezone.localdate()).next
    last = standing.last_quarter
    return max(following, last.next) if last else following


def _in_force(plan: Plan, chronicle: Chronicle, names: Catalogues) -> InForce:
    """With what the page shows of its interventions; the plan's own page has all."""
    rows = Intervention.objects.select_related("bottleneck")
    for_these = Prefetch("targets", Target.objects.only("indicator").order_by("order"))
    actions = Prefetch("interventions", rows.prefetch_related("supporting", for_these))
    targets = Prefetch("targets", Target.objects.select_related("plan_product"))
    prefetch_related_objects([plan], actions, targets, "targets__milestones")
    names.name_actions(plan.interventions.all())
    names.name_targets(plan.targets.all())
    return InForce(
        plan=plan,
        targets=record.table_of(plan, standings(plan.targets.all())),
        actions=record.action_lines(plan),
        record=record.adoption_of(chronicle.of_plan(plan)),
    )


def _recorded(plan: Plan, chronicle: Chronicle) -> Recorded:
    steps = chronicle.of_plan(plan)
    return recorded_of(plan, next(e for e in steps if e.action == Action.RECORD))
