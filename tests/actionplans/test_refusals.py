"""Whatever would change what was adopted, tried with raw SQL on the database that runs.

The table names every kind of row that a plan, its steps, its seal and its progress are
made of. `pytest --log-cli-level=INFO` shows what the database answered to each.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.apps import apps
from django.db import Error, connection, transaction
from django.utils import timezone

from actionplans import corrections, workflow
from actionplans.blockers import Details
from actionplans.models import (
    ConsultationComment,
    Correction,
    DocumentRelease,
    InterventionUpdate,
    Reading,
    Report,
    Verification,
)
from portal.db import missing_triggers
from portal.terms import Action, Role, Status
from tests import make

pytestmark = pytest.mark.django_db
logger = logging.getLogger(__name__)

# Rows of a plan: a column to change, and its parent's column.
PARTS = {
    "plansection": "body = 'x'",
    "planproduct": '"order" = 9',
    "bottleneck": "text = 'x'",
    "intervention": "budget = 1",
    "target": "goal = goal + 1",
}
APPEND_ONLY = {
    "planevent": "note = 'x'",
    "seal": "body = '{}'",
    "line": "copied_from_id = id",
    "document": "title = 'x'",
    "documentrelease": "released_at = released_at",
    "consultation": "body = '{}'",
    "reading": "value = 1",
    "verification": "verified_at = verified_at",
    "interventionupdate": "percent = 1",
}


@pytest.fixture
def made():
    """A plan in force with all that can hang on it, and a draft that amends it."""
    plan = make.complete(make.draft())
    action = plan.interventions.first()
    action.supporting.add(make.agency("Spices Board"))
    action.targets.add(plan.targets.first())
    convener = make.holder_of(Role.CONVENER, plan.district)
    workflow.take(
        plan, Action.CONSULT, by=convener, details=make.details(plan, Action.CONSULT)
    )
    for step in (Action.SUBMIT, Action.ASSESS, Action.ADOPT, Action.PUBLISH):
        make.step(plan, step)
    draft = make.draft(plan.district, like=plan)
    office = convener.current_appointments[0]
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    report = filed(plan, officer.current_appointments[0])
    ConsultationComment.objects.create(
        consultation=plan.consultations.get(),
        section=1,
        standing="buyer",
        text="Too little is said of buyers.",
        sender="x",
    )
    DocumentRelease.objects.create(
        document=make.document(plan.district), released_by=office
    )
    submitted = plan.events.get(action=Action.SUBMIT)
    asked = Correction.objects.create(
        event=submitted,
        district=plan.district,
        effective_on=submitted.effective_on,
        order_number="1",
        reason="Why.",
        recorded_by=office,
    )
    corrections.decide(asked, by=officer, confirm=True)
    erratum = make.erratum(plan)
    corrections.decide(erratum, by=officer, confirm=True)
    return SimpleNamespace(
        plan=plan,
        draft=draft,
        office=office,
        submitted=submitted,
        report=report,
        waiting=(make.correction(plan), make.erratum(plan, section=2)),
    )


def filed(plan, post):
    """A filed report with a reading, its verification and an update."""
    report = Report.objects.create(district=plan.district, quarter=20262)
    report.entries.create(line=plan.targets.first().line, entered_by=post)
    report.action_entries.create(line=plan.interventions.first().line, entered_by=post)
    reading = Reading.objects.create(
        line=plan.targets.first().line,
        quarter=20262,
        state="value",
        value=5_00,
        entered_by=post,
        report=report,
    )
    Verification.objects.create(reading=reading, appointment=post)
    InterventionUpdate.objects.create(
        line=plan.interventions.first().line,
        report=report,
        quarter=20262,
        status="in_progress",
        entered_by=post,
    )
    Report.objects.filter(pk=report.pk).update(
        filed_by=post, filed_on=timezone.localdate(), filed_at=timezone.now()
    )
    return report


Attempt = tuple[str, str]


def statements(made: Any) -> Iterator[Attempt]:
    """What is tried, in words and in SQL."""
    yield from of_parts(made)
    yield from of_the_plan(made)
    for name, change in APPEND_ONLY.items():
        yield from of_rows(name, change)
    yield from of_meetings_and_reports(made)
    yield from of_comments()
    yield from of_what_two_offices_confirm(made)
    yield from of_steps(made)


def of_rows(name: str, change: str, where: str = "TRUE") -> Iterator[Attempt]:
    table = f"actionplans_{name}"
    yield f"{name}: change", f"UPDATE {table} SET {change} WHERE {where}"
    yield f"{name}: remove", f"DELETE FROM {table} WHERE {where}"
    if connection.vendor == "sqlite":
        yield (
            f"{name}: replace",
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} WHERE {where}",
        )
    else:
        yield f"{name}: truncate", f"TRUNCATE {table} CASCADE"


def copied(name: str, where: str, **instead: str) -> str:
    """The rows once more, as new ones with some other values."""
    model = apps.get_model("actionplans", name)
    fields = [f.column for f in model._meta.concrete_fields if not f.primary_key]
    columns = ", ".join(f'"{column}"' for column in fields)
    values = ", ".join(instead.get(column, f'"{column}"') for column in fields)
    table = model._meta.db_table
    return f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE {where}"


def of_parts(made: Any) -> Iterator[Attempt]:
    mine = f"plan_id = {made.plan.pk}"
    for name, change in PARTS.items():
        table = f"actionplans_{name}"
        yield from of_rows(name, change, mine)
        yield f"{name}: add", copied(name, mine)
        for words, where, to in [
            ("move out", made.plan, made.draft),
            ("move in", made.draft, made.plan),
        ]:
            yield (
                f"{name}: {words}",
                f"UPDATE {table} SET plan_id = {to.pk} WHERE plan_id = {where.pk}",
            )
    its = f"target_id IN (SELECT id FROM actionplans_target WHERE {mine})"
    yield from of_rows("milestone", "value = 1", its)
    yield "milestone: add", copied("milestone", its, due_on="'2031-01-01'")
    row = made.plan.interventions.first()
    own = f"intervention_id = {row.pk}"
    other = make.agency("Coffee Board")
    for name in ("supporting", "targets"):
        yield from of_rows(f"intervention_{name}", "id = id", own)
    yield (
        "intervention_supporting: add",
        (
            "INSERT INTO actionplans_intervention_supporting"
            f" (intervention_id, agency_id) VALUES ({row.pk}, {other.pk})"
        ),
    )
    yield (
        "intervention_targets: add",
        (
            "INSERT INTO actionplans_intervention_targets (intervention_id, target_id)"
            f" VALUES ({row.pk}, {made.plan.targets.last().pk})"
        ),
    )


def of_the_plan(made: Any) -> Iterator[Attempt]:
    for what, change in {
        "years": "year_to = year_to - 1",
        "author": "prepared_by = 'ra'",
        "reason": "products_reason = 'x'",
        "number": "number = 7",
        "what it amends": "amends_id = id",
        "structure": "structured = FALSE",
        "back to draft": "status = 'draft'",
        "back to adopted": "status = 'adopted'",
        "a status of its own": "status = 'x'",
    }.items():
        where = f"WHERE id = {made.plan.pk}"
        yield f"plan: {what}", f"UPDATE actionplans_plan SET {change} {where}"
    yield from of_rows("plan", "year_to = year_to - 1", f"id = {made.plan.pk}")
    draft = f"id = {made.draft.pk}"
    yield "plan: a second draft", copied("plan", draft)
    yield "plan: begins adopted", copied("plan", draft, status="'adopted'")
    yield (
        "plan: in force without assessment",
        f"UPDATE actionplans_plan SET status = 'published', number = 2 WHERE {draft}",
    )


def of_meetings_and_reports(made: Any) -> Iterator[Attempt]:
    meeting = "id IN (SELECT meeting_id FROM actionplans_decision)"
    yield (
        "meeting: change",
        f"UPDATE actionplans_meeting SET held_on = '2020-01-01' WHERE {meeting}",
    )
    yield from of_rows("decision", "text = 'x'")
    yield from of_rows("attendance", "is_present = TRUE")
    filed = f"id = {made.report.pk}"
    yield from of_rows("report", "done = 'x'", filed)
    for name in ("readingentry", "actionentry"):
        yield from of_rows(
            name, "note = 'x'" if name == "readingentry" else "percent = 1"
        )
    yield "reading: a second first one", copied("reading", "TRUE")
    yield (
        "reading: correct another line's",
        copied("reading", "TRUE", supersedes_id="id", quarter="20263", note="'x'"),
    )


def of_comments() -> Iterator[Attempt]:
    name = "consultationcomment"
    yield from of_rows(name, "text = 'x'")
    hidden = f"UPDATE actionplans_{name} SET status = 'hidden'"
    yield f"{name}: hide without reason", hidden


def of_what_two_offices_confirm(made: Any) -> Iterator[Attempt]:
    for thing in made.waiting:
        name = type(thing)._meta.model_name
        table = f"actionplans_{name}"
        decided = f"id <> {thing.pk}"
        yield from of_rows(name, "reason = 'x'", decided)
        yield (
            f"{name}: ask again once decided",
            (
                f"UPDATE {table} SET status = 'waiting', decided_by_id = NULL,"
                f" decided_at = NULL WHERE {decided}"
            ),
        )
        waits = f"WHERE id = {thing.pk}"
        yield (
            f"{name}: decided by nobody",
            f"UPDATE {table} SET status = 'confirmed' {waits}",
        )
        yield (
            f"{name}: decided by who asked",
            (
                f"UPDATE {table} SET status = 'confirmed', decided_at = recorded_at,"
                f" decided_by_id = recorded_by_id {waits}"
            ),
        )
        yield f"{name}: without a reason", f"UPDATE {table} SET reason = '' {waits}"
    yield (
        "correction: two at a time",
        copied("correction", f"id = {made.waiting[0].pk}"),
    )
    waits = f"WHERE id = {made.waiting[1].pk}"
    for what, change in {
        "the same text": '"right" = wrong',
        "of no section": "section = 12",
    }.items():
        yield f"erratum: {what}", f"UPDATE actionplans_erratum SET {change} {waits}"


def of_steps(made: Any) -> Iterator[Attempt]:
    here = f"id = {made.submitted.pk}"
    replaces = {"replaces_id": "id"}
    yield "planevent: replace twice", copied("planevent", here, **replaces)
    start = f"id = {made.waiting[0].event_id}"
    for what, instead in {
        "another action": {"action": "'annul'", "note": "'x'"},
        "another status": {"after": "'published'"},
        "another plan": {"plan_id": str(made.draft.pk)},
    }.items():
        yield (
            f"planevent: replace by {what}",
            copied("planevent", start, **replaces, **instead),
        )
    for action in ("hold", "annul", "withdraw"):
        yield (
            f"planevent: {action} without a reason",
            copied("planevent", start, action=f"'{action}'", note="''"),
        )
    yield (
        "planevent: adoption without a decision",
        copied("planevent", start, action="'adopt'"),
    )
    yield (
        "planevent: notification without an order",
        copied("planevent", start, action="'notify'"),
    )


class Undone(Exception):
    """Takes a statement back that the database let pass."""


def answer(sql: str) -> str:
    """What the database says against the statement; nothing if it lets it pass."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
            touched = cursor.rowcount
            if connection.vendor == "postgresql":
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            raise Undone
    except Undone:
        assert touched, f"touches nothing: {sql}"
        return ""
    except Error as error:
        return str(error).splitlines()[0]


def test_the_database_refuses_whatever_would_change_what_was_adopted(made):
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    answers = {what: answer(sql) for what, sql in statements(made)}
    for what, said in answers.items():
        logger.info("%-45s %s", what, said or "LET PASS")

    assert missing_triggers(connection) == []
    assert [what for what, said in answers.items() if not said] == []
    foreign = [w for w, said in answers.items() if "FOREIGN KEY" in said.upper()]
    assert foreign == [], "refused only because other rows point to it"


def test_a_draft_is_not_frozen(made):
    """The same statements pass on what nobody has submitted."""
    mine = f"plan_id = {made.draft.pk}"
    for name, change in PARTS.items():
        assert answer(f"UPDATE actionplans_{name} SET {change} WHERE {mine}") == ""


def test_what_waits_for_another_office_can_be_decided(made):
    officer = make.holder_of(Role.RA_OFFICER, made.plan.district)

    for thing in made.waiting:
        corrections.decide(thing, by=officer, confirm=True)

    assert made.plan.status == Status.PUBLISHED
    details = Details(note="x", effective_on=timezone.localdate() - dt.timedelta(0))
    hq = make.official(Role.HQ_OFFICER)
    workflow.take(made.plan, Action.ANNUL, by=hq, details=details)
