"""What the database itself refuses, tried with raw SQL on whichever database runs."""

from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction

from actionplans.models import PlanEvent, Reading, Report
from portal import moves
from portal.db import missing_triggers
from portal.models import Change
from portal.terms import Action, Role, Status
from tests import make

pytestmark = pytest.mark.django_db


def run(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def refused(match, sql, *values):
    with pytest.raises(IntegrityError, match=match):
        run(sql, *values)


@pytest.fixture
def published():
    return make.plan(Status.PUBLISHED)


def test_every_trigger_that_the_migrations_lay_is_there():
    assert missing_triggers(connection) == []


def test_a_trigger_that_somebody_dropped_is_missed():
    table = " ON actionplans_planevent" if connection.vendor == "postgresql" else ""
    run(f"DROP TRIGGER actionplans_planevent_no_update{table}")

    assert missing_triggers(connection) == ["actionplans_planevent_no_update"]


@pytest.mark.parametrize(
    "table",
    [
        "actionplans_planevent",
        "actionplans_seal",
        "actionplans_line",
        "actionplans_document",
    ],
)
def test_append_only_rows_cannot_be_changed_or_removed(published, table):
    refused("append-only", f"UPDATE {table} SET id = id")
    refused("append-only", f"DELETE FROM {table}")


def test_append_only_rows_cannot_be_replaced_or_truncated(published):
    event = published.events.first()
    if connection.vendor == "sqlite":
        columns = [field.column for field in PlanEvent._meta.concrete_fields]
        names = ", ".join(f'"{column}"' for column in columns)
        refused(
            "append-only",
            f"INSERT OR REPLACE INTO actionplans_planevent ({names})"
            f" SELECT {names} FROM actionplans_planevent WHERE id = %s",
            event.pk,
        )
    else:
        run("SET CONSTRAINTS ALL IMMEDIATE")
        refused("append-only", "TRUNCATE actionplans_planevent CASCADE")
    assert PlanEvent.objects.filter(pk=event.pk).exists()


def test_the_history_of_registers_is_append_only():
    Change.objects.create(register="district", row="1", reason="test")

    refused("append-only", "UPDATE portal_change SET reason = 'other'")
    refused("append-only", "DELETE FROM portal_change")


PARTS = [
    ("actionplans_plansection", "body = 'Other words.'"),
    ("actionplans_planproduct", '"order" = 9'),
    ("actionplans_bottleneck", "text = 'Other words.'"),
    ("actionplans_intervention", "action = 'Other words.'"),
    ("actionplans_target", "verification = 'Other words.'"),
]


@pytest.mark.parametrize(("table", "change"), PARTS)
@pytest.mark.parametrize("status", [Status.UNDER_ASSESSMENT, Status.PUBLISHED])
def test_parts_of_a_plan_freeze_when_it_leaves_the_draft(table, change, status):
    plan = make.plan(status)

    refused("frozen", f"UPDATE {table} SET {change} WHERE plan_id = %s", plan.pk)
    refused("frozen", f"DELETE FROM {table} WHERE plan_id = %s", plan.pk)


def test_milestones_freeze_with_the_plan_of_their_target(published):
    refused("frozen", "UPDATE actionplans_milestone SET value = 1")
    refused("frozen", "DELETE FROM actionplans_milestone")


def test_a_part_moves_neither_out_of_nor_into_a_frozen_plan(published):
    draft = make.complete(make.draft())

    for table, _change in PARTS:
        move = f"UPDATE {table} SET plan_id = %s WHERE plan_id = %s"
        refused("frozen", move, draft.pk, published.pk)
        refused("frozen", move, published.pk, draft.pk)


def test_a_part_is_not_added_to_a_frozen_plan(published):
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        make.intervention(published)


def test_the_plan_itself_keeps_its_years_and_its_number(published):
    for said, change in [
        ("frozen", "year_to = year_to - 1"),
        ("keeps its number", "number = 7"),
        ("frozen", "products_reason = 'x'"),
    ]:
        refused(
            said,
            f"UPDATE actionplans_plan SET {change} WHERE id = %s",
            published.pk,
        )
    refused("never removed", "DELETE FROM actionplans_plan")


def test_a_status_changes_only_along_the_rules(published):
    for status in Status:
        allowed = (Status.PUBLISHED, status) in moves.moves()
        if status != Status.PUBLISHED and not allowed:
            refused(
                "cannot go",
                "UPDATE actionplans_plan SET status = %s WHERE id = %s",
                status,
                published.pk,
            )


def test_a_plan_starts_as_a_draft():
    place = make.district()
    refused(
        "starts as draft",
        "INSERT INTO actionplans_plan (district_id, year_from, year_to, prepared_by,"
        " products_reason, status, revision) VALUES (%s, 2026, 2030, 'dic', '',"
        " 'published', 0)",
        place.pk,
    )


def test_the_latest_guard_allows_exactly_the_moves_of_the_rules():
    guards = import_module("actionplans.migrations.0002_guards")

    assert set(guards.MOVES) == {(str(a), str(b)) for a, b in moves.moves()}


def test_a_meeting_that_carried_an_adoption_freezes(published):
    refused("frozen", "UPDATE actionplans_meeting SET held_on = '2020-01-01'")
    refused("frozen", "UPDATE actionplans_decision SET text = 'Other words.'")
    refused("frozen", "UPDATE actionplans_attendance SET is_present = %s", False)


def test_a_filed_report_freezes_with_its_entries():
    place = make.district()
    officer = make.official(Role.RA_OFFICER, place)
    post = officer.current_appointments[0]
    report = Report.objects.create(district=place, quarter=20254)
    entry = report.entries.create(line=_line(place), entered_by=post)
    Report.objects.filter(pk=report.pk).update(
        filed_on="2026-04-10", filed_at="2026-04-10T10:00Z", filed_by=post
    )

    refused("frozen", "UPDATE actionplans_report SET done = 'More.'")
    refused("frozen", "DELETE FROM actionplans_report")
    refused("frozen", "UPDATE actionplans_readingentry SET note = 'x'")
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        report.entries.create(line=_line(place), entered_by=post)
    other = Report.objects.create(district=place, quarter=20253)
    refused(
        "frozen",
        "UPDATE actionplans_readingentry SET report_id = %s WHERE id = %s",
        other.pk,
        entry.pk,
    )


def _line(place):
    return place.lines.create(kind="target")


@pytest.fixture
def reading():
    place = make.district()
    post = make.official(Role.RA_OFFICER, place).current_appointments[0]
    return Reading.objects.create(
        line=_line(place), quarter=20261, state="value", value=5_00, entered_by=post
    )


def copied(reading, **values):
    kept = ("line", "quarter", "state", "value", "entered_by")
    first = {name: getattr(reading, name) for name in kept}
    with transaction.atomic():
        return Reading.objects.create(**{**first, "note": "Miscounted.", **values})


def test_readings_and_their_verifications_are_append_only(reading):
    refused("append-only", "UPDATE actionplans_reading SET value = 900")
    refused("append-only", "DELETE FROM actionplans_reading")


def test_a_line_has_one_first_reading_a_quarter(reading):
    with pytest.raises(IntegrityError):
        copied(reading)


def test_a_reading_is_corrected_once_and_with_a_reason(reading):
    correction = copied(reading, supersedes=reading, value=6_00)
    assert list(Reading.objects.current()) == [correction]

    with pytest.raises(IntegrityError):
        copied(reading, supersedes=reading)
    with pytest.raises(IntegrityError, match="reading_corrected_because"):
        copied(reading, supersedes=correction, note="")


def test_a_correction_stays_on_its_line_and_quarter(reading):
    with pytest.raises(IntegrityError, match="its own line"):
        copied(reading, supersedes=reading, quarter=20254)
    with pytest.raises(IntegrityError, match="its own line"):
        copied(reading, supersedes=reading, line=_line(reading.line.district))


@pytest.mark.parametrize(
    "values",
    [
        {"state": "nil", "value": 5_00},
        {"state": "value", "value": None},
        {"state": "value", "value": 5_00, "numerator": 1_00, "denominator": 2_00},
        {"state": "value", "value": None, "numerator": 1_00, "denominator": 0},
        {"state": "not-available", "value": None},
    ],
)
def test_a_reading_says_one_thing(reading, values):
    with pytest.raises(IntegrityError, match="reading_"):
        copied(reading, quarter=20254, **values)


def test_one_plan_in_preparation_and_one_in_force_a_district(published):
    make.draft(published.district)

    with pytest.raises(IntegrityError), transaction.atomic():
        published.district.plans.create(year_from=2026, year_to=2027)


def test_an_adoption_rests_on_a_decision(published):
    refusal = pytest.raises(IntegrityError, match="planevent_adoption_has_decision")

    with refusal, transaction.atomic():
        published.events.create(
            action=Action.ADOPT, after=Status.ADOPTED, effective_on="2026-01-01"
        )


def test_jurisdictions_of_a_district_do_not_overlap():
    place = make.district()
    place.jurisdictions.update(until="2026-01-01")
    other = make.regional_authority()
    place.jurisdictions.create(ra=other, since="2026-01-01")

    with pytest.raises(IntegrityError, match="overlap"), transaction.atomic():
        place.jurisdictions.create(ra=other, since="2024-01-01", until="2025-01-01")
    refused(
        "overlap",
        "UPDATE districts_jurisdiction SET since = '2025-12-31' WHERE ra_id = %s",
        other.pk,
    )


def test_an_appointment_ends_and_never_changes_otherwise():
    person = make.official(Role.CONVENER, make.district())
    person.appointments.update(until="2026-01-01")
    other = make.district()

    refused("may end", "UPDATE accounts_appointment SET role = 'district_staff'")
    refused("may end", "UPDATE accounts_appointment SET district_id = %s", other.pk)
    refused("never removed", "DELETE FROM accounts_appointment")


def test_nobody_appoints_themselves():
    person = make.user()

    with pytest.raises(IntegrityError, match="appointment_never_of_oneself"):
        make.appointment(person, Role.HQ_OFFICER, appointed_by=person)
