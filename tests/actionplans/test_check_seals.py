"""`check_seals` finds whatever somebody changed behind the portal's back."""

import datetime as dt
from io import StringIO

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.models import PlanEvent, Seal
from actionplans.verification import Fault, faults_of_one, findings
from districts.models import Agency
from portal import history
from portal.models import Change
from portal.terms import Action, Role, Status
from tests import make
from tests.actionplans.tampering import tamper

pytestmark = pytest.mark.django_db


def found():
    return [(finding.plan.pk, finding.fault) for finding in findings()]


def transcribed():
    """An old plan whose structure another office has checked."""
    plan = make.plan(Status.TRANSCRIBED)
    officer = make.official(Role.STATE_OFFICER, plan.district)
    make.workflow.take(
        plan, Action.TRANSCRIBE, by=officer, details=make.details(plan, Action.CONFIRM)
    )
    return plan


def test_what_nobody_touched_has_no_fault():
    for status in (Status.ADOPTED, Status.SUPERSEDED, Status.ANNULLED):
        make.plan(status)
    make.plan(Status.UNSTRUCTURED)
    transcribed()
    out = StringIO()

    call_command("check_seals", stdout=out)

    assert out.getvalue() == "5 seals checked, no fault found.\n"


def test_without_seals_there_is_nothing_to_find():
    make.plan(Status.DRAFT)

    assert found() == []


def test_a_fault_is_a_line_with_the_place_and_the_command_fails():
    plan = make.plan(Status.PUBLISHED)
    tamper("target", "UPDATE {table} SET goal = goal + 1 WHERE plan_id = %s", [plan.pk])
    out = StringIO()

    with pytest.raises(CommandError, match="1 seals checked, faults found: 1"):
        call_command("check_seals", stdout=out)

    assert out.getvalue() == (
        f"rows {plan.seal.sha256[:12]}: {plan.district}, version 1 (plan {plan.pk}):"
        " The plan in the database does not give these bytes.\n"
    )


ROWS = [
    ("plansection", "UPDATE {table} SET body = 'Other words.' WHERE code = 3"),
    ("planproduct", 'UPDATE {table} SET "order" = 3 - "order"'),
    ("bottleneck", "UPDATE {table} SET severity = 1"),
    ("bottleneck", 'UPDATE {table} SET "order" = 7'),
    ("intervention", "UPDATE {table} SET budget = budget - 1"),
    ("intervention", "UPDATE {table} SET due_moved = 'The tender was late.'"),
    ("intervention_targets", "DELETE FROM {table}"),
    ("intervention_supporting", "DELETE FROM {table}"),
    ("target", "UPDATE {table} SET explanation = 'Because.'"),
    ("target", "UPDATE {table} SET frequency = 'year'"),
    ("milestone", "DELETE FROM {table}"),
    ("plan", "UPDATE {table} SET year_to = year_to - 1"),
    ("planevent", "UPDATE {table} SET effective_on = '2020-01-01'"),
    ("planevent", "UPDATE {table} SET order_number = '7/2020'"),
    ("meeting", "UPDATE {table} SET number = 77"),
    ("decision", "UPDATE {table} SET text = 'The plan is refused.'"),
]


@pytest.mark.parametrize(("table", "sql"), ROWS)
def test_a_changed_row_no_longer_gives_the_sealed_bytes(table, sql):
    plan = make.complete(make.draft())
    action = plan.interventions.first()
    action.targets.add(plan.targets.first())
    action.supporting.add(make.agency("Lead bank"))
    for step in (Action.SUBMIT, Action.ASSESS, Action.ADOPT):
        make.step(plan, step)
    assert found() == []

    tamper(table, sql)

    assert found() == [(plan.pk, Fault.ROWS)]


def test_changed_bytes_give_another_hash():
    plan = make.plan(Status.ADOPTED)

    tamper("seal", "UPDATE {table} SET body = replace(body, 'Plain', 'Fine')")

    assert found() == [(plan.pk, Fault.BYTES), (plan.pk, Fault.ROWS)]


def test_bytes_and_rows_changed_together_are_betrayed_by_the_hash():
    plan = make.plan(Status.ADOPTED)
    tamper("plansection", "UPDATE {table} SET body = replace(body, 'Plain', 'Fine')")

    tamper("seal", "UPDATE {table} SET body = replace(body, 'Plain', 'Fine')")

    assert found() == [(plan.pk, Fault.BYTES)]


def test_a_seal_sealed_anew_breaks_the_chain_after_it():
    first, second = make.plan(Status.ADOPTED), make.plan(Status.ADOPTED)

    tamper(
        "seal",
        "UPDATE {table} SET sha256 = %s WHERE plan_id = %s",
        ["0" * 64, first.pk],
    )

    assert found() == [(first.pk, Fault.BYTES), (second.pk, Fault.CHAIN)]


def test_a_seal_taken_out_of_the_middle_is_missed():
    _first, second, third = [make.plan(Status.ADOPTED) for _ in range(3)]

    tamper("seal", "DELETE FROM {table} WHERE plan_id = %s", [second.pk])

    assert found() == [(third.pk, Fault.CHAIN), (second.pk, Fault.UNSEALED)]


def test_the_last_seal_taken_away_is_missed():
    _first, last = make.plan(Status.ADOPTED), make.plan(Status.PUBLISHED)

    tamper("seal", "DELETE FROM {table} WHERE plan_id = %s", [last.pk])

    assert found() == [(last.pk, Fault.UNSEALED)]


@pytest.mark.parametrize("how", ["other", "gone"])
def test_the_document_of_an_old_plan_is_what_it_was(how):
    plan = make.plan(Status.UNSTRUCTURED)
    name = plan.document.file.name

    default_storage.delete(name)
    if how == "other":
        with default_storage.open(name, "wb") as file:
            file.write(b"%PDF-1.4 another plan")

    assert found() == [(plan.pk, Fault.FILE)]


def rename(agency, name):
    before = agency.name
    Agency.objects.filter(pk=agency.pk).update(name=name)
    history.record([history.change(agency, "name", before, name, reason="Order 7")])


def test_an_office_that_was_renamed_takes_nothing_from_a_seal():
    before = make.plan(Status.ADOPTED)
    rename(make.agency(), "District Industries and Commerce Centre")
    between = make.plan(Status.ADOPTED, make.district())
    rename(Agency.objects.get(name__contains="Commerce"), "DICC")
    after = make.plan(Status.ADOPTED)

    assert found() == []
    assert "District Industries Centre" in before.seal.body
    for plan in (before, between, after):
        assert faults_of_one(plan.seal) == []


def test_a_name_changed_without_history_is_a_fault():
    plan = make.plan(Status.ADOPTED)

    Agency.objects.update(name="Another office")

    assert not Change.objects.exists()
    assert found() == [(plan.pk, Fault.ROWS)]


@pytest.mark.parametrize("action", [Action.ADOPT, Action.RECORD])
def test_a_corrected_adoption_leaves_the_seal_as_it_was(action):
    is_old = action == Action.RECORD
    plan = transcribed() if is_old else make.plan(Status.ADOPTED)
    wrong = plan.events.get(action=action)

    PlanEvent.objects.create(
        plan=plan,
        action=action,
        before=wrong.before,
        after=wrong.after,
        effective_on=wrong.effective_on - dt.timedelta(days=1),
        order_number="8/2025",
        decision=wrong.decision,
        replaces=wrong,
        note="The order was misread.",
    )

    assert found() == []


def test_the_check_takes_the_same_queries_for_any_plan():
    """A fixed number for every fifty, whatever the plans hold."""
    counts = []
    for _ in range(2):
        for _ in range(2):
            make.plan(Status.ADOPTED)
        with CaptureQueriesContext(connection) as queries:
            assert found() == []
        counts.append(len(queries))

    assert counts[0] == counts[1]
    assert Seal.objects.count() == 4
