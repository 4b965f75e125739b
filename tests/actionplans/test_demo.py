"""The demonstration as it is loaded for visitors: once for all these tests."""

import datetime as dt
import io
import itertools
import re
from collections import Counter, defaultdict

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import call_command
from django.db import connection
from django.db.models import Count, F, Q
from django.test import override_settings
from django.utils import timezone

from actionplans import gate
from actionplans.by_itself import publication
from actionplans.demo.accounts import PASSWORD, SHOWN, email
from actionplans.demo.days import QUARTERS
from actionplans.demo.fates import NAMED, SECOND
from actionplans.models import (
    Committee,
    Consultation,
    ConsultationComment,
    Correction,
    Document,
    Erratum,
    Escalation,
    Evidence,
    Intervention,
    InterventionUpdate,
    Meeting,
    Plan,
    PlanEvent,
    PlanSection,
    Reading,
    Report,
    Seal,
    Target,
    Verification,
)
from actionplans.models.parts import SECTION_MIN_CHARS
from actionplans.old_plans import is_document
from actionplans.progress import FigureState, Kind
from actionplans.seal import adoption_of, canonical, contents, digest
from actionplans.stages import Stage, counts, standings
from districts.models import District, DistrictProduct, PotentialFact
from portal.accounts.models import Appointment, User
from portal.moves import target_of
from portal.periods import Quarter
from portal.rules import RULES
from portal.terms import (
    IN_PREPARATION,
    Action,
    Asked,
    Confirmation,
    Role,
    Rung,
    Status,
)

pytestmark = pytest.mark.django_db
# With all that belongs to them, more rows at a time are too much for SQLite.
AT_A_TIME = 100


@pytest.fixture(scope="module", autouse=True)
def report(register, django_db_blocker, tmp_path_factory):
    """Loads the demonstration; what the command said."""
    said = io.StringIO()
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(DEMO=True, MEDIA_ROOT=media):
        call_command("load_demo", stdout=said)
        # Now, or PostgreSQL checks all these rows again at the end of each test.
        connection.check_constraints()
    return said.getvalue()


@pytest.fixture(scope="module")
def plans(report, django_db_blocker):
    """Every plan with all its parts, by key."""
    with django_db_blocker.unblock():
        keys = list(Plan.objects.values_list("pk", flat=True))
        found = {}
        for start in range(0, len(keys), AT_A_TIME):
            found |= Plan.objects.whole().in_bulk(keys[start : start + AT_A_TIME])
    return found


def test_stages_are_those_that_government_stated():
    funnel = counts(standings().values())

    assert funnel.total == 791
    assert funnel.reached[Stage.DRAFTED] == 590
    assert funnel.reached[Stage.ADOPTED] == 249
    assert funnel.reached[Stage.PUBLISHED] == 198
    assert funnel.reached[Stage.REPORTING] == 142


def test_nearly_every_district_has_a_committee():
    assert 750 < Committee.objects.count() < 791
    assert Committee.objects.annotate(held=Count("seats")).filter(held=13).exists()


def test_half_of_the_drafts_wait_for_more_than_two_years():
    assert 2 * 365 < counts(standings().values()).median_wait < 3 * 365


def test_every_state_of_a_plan_occurs():
    assert set(Plan.objects.values_list("status", flat=True)) == set(Status)


def test_second_versions_have_come_to_different_states():
    second = Plan.objects.filter(amends__isnull=False)

    assert Counter(second.values_list("status", flat=True)) == SECOND
    kept = Target.objects.filter(plan__in=second, line__in=_lines_of_first_versions())
    assert kept.exists()


def _lines_of_first_versions():
    return Target.objects.filter(plan__amendments__isnull=False).values("line")


def test_bottlenecks_wait_at_every_rung_and_some_beyond_their_day():
    newest = Escalation.objects.newest()

    assert set(newest.values_list("status", flat=True)) == set(Asked)
    late = newest.filter(answer_by__lt=timezone.localdate())
    assert set(late.values_list("rung", flat=True)) == set(Rung)
    assert not Escalation.objects.filter(
        recorded_at__date__lt=F("appointment__since")
    ).exists()


def test_moradabad_has_officials_and_a_committee_but_no_plan():
    moradabad = District.objects.get(slug="moradabad")
    held = Appointment.objects.holding(list(Role), moradabad)

    assert set(held.values_list("role", flat=True)) == {
        Role.RA_OFFICER,
        Role.CONVENER,
        Role.CHAIR,
        Role.MEMBER,
        Role.STAFF,
    }
    assert moradabad.committee.seats.count() == 13
    assert not moradabad.plans.exists()


def test_every_office_has_its_officers():
    officers = Counter(
        Appointment.objects.current()
        .filter(role=Role.RA_OFFICER)
        .values_list("ra", flat=True)
    )
    states = Appointment.objects.current().filter(role=Role.STATE_OFFICER)
    chairs = Appointment.objects.current().filter(role=Role.CHAIR)

    assert set(officers.values()) == {2}
    assert len(officers) == 35
    assert states.values("state").distinct().count() == 36
    assert chairs.count() == len(NAMED)


def test_every_drafted_district_has_a_convener():
    drafted = District.objects.filter(plans__isnull=False)
    held = Appointment.objects.current().filter(role=Role.CONVENER)

    assert not drafted.exclude(pk__in=held.values("district")).exists()


def test_every_account_is_marked_and_its_address_leads_nowhere():
    assert not User.objects.filter(is_demonstration=False).exists()
    assert not User.objects.exclude(email__endswith=".example").exists()
    assert not User.objects.exclude(name__startswith="Demo ").exists()


def test_all_accounts_share_one_password():
    hashes = set(User.objects.values_list("password", flat=True))

    assert len(hashes) == 1
    assert check_password(PASSWORD, hashes.pop())


def test_the_accounts_shown_exist_and_hold_a_post():
    said = io.StringIO()

    call_command("demo_accounts", stdout=said)

    for local in SHOWN:
        assert User.objects.get(email=email(local)).current_appointments
        assert email(local) in said.getvalue()
    assert PASSWORD in said.getvalue()


def test_what_was_submitted_lacks_nothing(plans):
    submitted = PlanEvent.objects.filter(action=Action.SUBMIT).values_list("plan")
    lacking = {
        str(plans[key]): gate.gaps(plans[key])
        for (key,) in submitted.distinct()
        if gate.gaps(plans[key])
    }

    assert lacking == {}


def test_some_drafts_are_unfinished(plans):
    drafts = [plan for plan in plans.values() if plan.status == Status.DRAFT]

    assert any(gate.gaps(plan) for plan in drafts)


def test_sections_are_plain_text_about_the_district():
    written = PlanSection.objects.exclude(body="").select_related("plan__district")

    for section in written:
        assert len(section.body) >= SECTION_MIN_CHARS
        assert not re.search(r"[{}]|lorem", section.body, re.IGNORECASE)
    naming = sum(row.plan.district.name in row.body for row in written)
    assert naming > len(written) / 2


def test_plans_are_about_products_of_their_district(plans):
    named = set(DistrictProduct.objects.values_list("district", "product"))

    for plan in plans.values():
        own = {(plan.district_id, row.product_id) for row in plan.products.all()}
        assert own <= named
        assert len(own) in (2, 3) or plan.products_reason


def test_targets_are_of_every_kind():
    in_force = Target.objects.filter(plan__status=Status.PUBLISHED)

    assert set(in_force.values_list("kind", flat=True)) == set(Kind)


def test_every_seal_recomputes_and_the_chain_is_whole(plans):
    previous = ""
    seals = Seal.objects.select_related("event__decision__meeting").order_by("pk")

    for seal in seals:
        assert seal.previous == previous
        assert seal.sha256 == digest(seal.body)
        whole = plans[seal.plan_id]
        told = adoption_of(seal.event)
        assert seal.body == canonical(contents(whole, told, seal.previous))
        previous = seal.sha256
    adopted = Plan.objects.filter(number__isnull=False, structured=True)
    assert len(seals) == adopted.count()


def test_steps_follow_the_rules_one_after_another(plans):
    told = defaultdict(list)
    for event in PlanEvent.objects.order_by("pk"):
        told[event.plan_id].append(event)

    assert told.keys() == plans.keys()
    for key, events in told.items():
        assert events[0].action in (Action.START, Action.RECORD)
        for before, after in itertools.pairwise(events):
            assert after.before == before.after
            assert after.effective_on >= before.effective_on
            assert after.recorded_at > before.recorded_at
            status = Status(after.before)
            expected = target_of(Action(after.action), status) or status
            assert after.after == expected
        assert events[-1].after == plans[key].status


def test_steps_are_taken_by_whom_the_rules_name():
    for event in PlanEvent.objects.select_related("appointment__district", "plan"):
        rule, post = RULES[Action(event.action)], event.appointment
        if post is None:
            assert not rule.who
            continue
        assert post.role in rule.who
        # An old adoption was recorded long after it happened.
        day = event.effective_on
        if event.action == Action.RECORD:
            day = event.recorded_at.date()
        assert post.since <= day
        assert post.until is None or day < post.until
        assert post.district_id in (None, event.plan.district_id)


def test_nobody_assesses_or_confirms_their_own_step():
    acted = defaultdict(dict)
    for event in PlanEvent.objects.select_related("appointment").order_by("pk"):
        if event.appointment:
            acted[event.plan_id][event.action] = event.appointment

    for steps in acted.values():
        if Action.ASSESS in steps:
            assert steps[Action.ASSESS].user_id != steps[Action.SUBMIT].user_id
        if Action.CONFIRM in steps:
            recorded, confirmed = steps[Action.RECORD_ADOPTION], steps[Action.CONFIRM]
            assert recorded.user_id != confirmed.user_id
            assert recorded.role != confirmed.role


def test_nothing_happened_in_the_future_or_before_the_district_existed():
    today = timezone.localdate()
    born_later = Q(effective_on__lt=F("plan__district__since"))

    assert not PlanEvent.objects.filter(born_later).exists()
    assert not PlanEvent.objects.filter(effective_on__gte=today).exists()
    assert not PlanEvent.objects.filter(recorded_at__gt=timezone.now()).exists()
    assert not Report.objects.filter(filed_on__gte=today).exists()
    assert not Meeting.objects.filter(held_on__gte=today).exists()


def test_plans_are_adopted_by_meetings_with_quorum():
    adopting = PlanEvent.objects.filter(
        action__in=[Action.ADOPT, Action.RECORD_ADOPTION]
    ).select_related(
        "plan", "decision__meeting__committee", "decision__meeting__minutes"
    )
    rows = adopting.prefetch_related("decision__meeting__attendance__seat")

    for event in rows.iterator(chunk_size=50):
        meeting = event.decision.meeting
        assert meeting.has_quorum()
        assert meeting.minutes
        assert meeting.held_on == event.effective_on
        assert meeting.committee.district_id == event.plan.district_id
        assert event.decision.plan_id == event.plan_id


def test_meetings_follow_each_other():
    held = defaultdict(list)
    for meeting in Meeting.objects.select_related("committee").order_by("number"):
        held[meeting.committee].append(meeting.held_on)

    for committee, days in held.items():
        assert days == sorted(days)
        assert days[0] >= committee.constituted_on


def test_returned_plans_say_why():
    returned = PlanEvent.objects.filter(action=Action.RETURN)

    assert returned.count() > 100
    assert all(event.reason_codes and event.note for event in returned)
    mended = Plan.objects.filter(pk__in=returned.values("plan"))
    assert set(mended.values_list("status", flat=True)) > {Status.DRAFT}


def test_eight_quarters_are_reported_up_to_the_last_due_one():
    quarters = set(Reading.objects.values_list("quarter", flat=True))
    last = Quarter.last_due(timezone.localdate())

    assert max(quarters) == last.code
    assert quarters <= {(last - back).code for back in range(QUARTERS)}


def test_every_reading_belongs_to_a_target_of_its_district():
    strange = Reading.objects.exclude(line__district=F("report__district"))
    lines = Target.objects.values("line")

    assert not strange.exists()
    assert not Reading.objects.exclude(line__in=lines).exists()
    assert not Reading.objects.exclude(report__quarter=F("quarter")).exists()


def test_gaps_are_believable():
    states = set(Reading.objects.values_list("state", flat=True))
    filed = Report.objects.filter(filed_on__isnull=False)
    late = sum(report.is_late for report in filed)

    assert states == set(FigureState)
    assert 0 < late < len(filed) / 2
    assert Reading.objects.filter(supersedes__isnull=False).count() > 10
    assert Report.objects.filter(filed_on=None, entries__isnull=False).exists()


def test_reports_count_what_they_gave():
    given = Q(readings__state__in=[FigureState.VALUE, FigureState.NIL])
    first = Q(readings__supersedes=None)
    filed = Report.objects.filter(filed_on__isnull=False)

    counted = filed.annotate(figures=Count("readings", filter=given & first))

    assert not counted.exclude(given=F("figures")).exists()


def test_filing_verified_what_others_had_entered():
    by_others = Reading.objects.filter(supersedes=None).exclude(
        entered_by__user=F("report__filed_by__user")
    )

    assert by_others.count() == Verification.objects.count()
    assert not by_others.filter(verification=None).exists()


def test_files_stand_behind_figures_of_filed_and_begun_reports():
    rows = Evidence.objects.all()

    assert rows.filter(report__filed_on=None).count() > 3
    assert rows.exclude(report__filed_on=None).count() > 3
    assert not [row for row in rows if row.is_added_later]


def test_interventions_slip_with_a_reason():
    moved = InterventionUpdate.objects.filter(due_on__isnull=False)

    assert moved.exists()
    assert not moved.filter(reason="").exists()
    lines = Intervention.objects.values("line")
    assert not InterventionUpdate.objects.exclude(line__in=lines).exists()


def test_facts_of_potential_are_marked_as_a_demonstration():
    assert set(PotentialFact.objects.values_list("source", flat=True)) == {
        "Demonstration"
    }


def test_old_plans_stand_with_their_documents():
    old = Plan.objects.filter(is_document()).select_related("document")

    assert Counter(old.values_list("status", flat=True)) == {
        Status.UNSTRUCTURED: 21,
        Status.TRANSCRIBED: 3,
    }
    structured = Plan.objects.filter(status=Status.PUBLISHED, document__isnull=False)
    assert structured.count() == 4
    hashes = {plan.document.sha256 for plan in old}
    assert len(hashes) == 24
    assert {plan.document.has_text for plan in old} == {True, False}
    released = Document.objects.released().filter(plan__in=old)
    assert 10 < released.count() < 24


def test_nothing_adopted_waits_longer_than_the_rules_let_it():
    adopted = Plan.objects.filter(status=Status.ADOPTED).with_place()

    found = [publication(plan) for plan in adopted]

    assert len(found) == 30
    assert all(row.on > timezone.localdate() - dt.timedelta(days=1) for row in found)
    assert any(row.hold for row in found)


def test_one_consultation_is_open_and_one_is_answered():
    over, running = Consultation.objects.order_by("closes_on")
    today = timezone.localdate()

    assert over.closes_on < today <= running.closes_on
    assert running.sha256 == digest(running.body)
    waiting = running.comments.filter(status=ConsultationComment.Status.WAITING)
    assert waiting.count() == 2
    shown = over.comments.filter(status=ConsultationComment.Status.SHOWN)
    assert shown.count() == 4
    assert not shown.filter(outcome="").exists()


def test_a_correction_waits_and_errata_stand_beside_sealed_plans():
    correction = Correction.objects.get()
    errata = Erratum.objects.filter(status=Confirmation.CONFIRMED)

    assert correction.is_waiting
    assert correction.recorded_by == correction.event.appointment
    assert errata.count() == 3
    for erratum in errata:
        erratum.clean()
        assert erratum.recorded_by.role != erratum.decided_by.role
        assert erratum.wrong in erratum.plan.seal.body


def test_interventions_serve_targets_of_their_product(plans):
    tied = Intervention.targets.through.objects.select_related("intervention", "target")

    assert tied.count() > Plan.objects.in_force().count()
    for tie in tied.iterator():
        assert tie.intervention.plan_id == tie.target.plan_id
        assert tie.intervention.plan_product_id == tie.target.plan_product_id


def test_a_due_date_that_an_amendment_moved_says_why():
    for model in (Target, Intervention):
        later = model.objects.filter(plan__amends__isnull=False).select_related("plan")
        moved = 0
        for row in later:
            before = model.objects.filter(plan=row.plan.amends_id, line=row.line_id)
            old = before.values_list("due_on", flat=True).first()
            assert bool(row.due_moved) == (old is not None and old != row.due_on)
            moved += bool(row.due_moved)
        assert moved


def test_every_office_has_something_waiting():
    busy = Plan.objects.filter(status__in=IN_PREPARATION)

    assert busy.filter(district__jurisdictions__ra__slug="moradabad").exists()
    assert busy.filter(district__jurisdictions__ra__slug="guwahati").exists()


def test_loading_again_says_so_and_changes_nothing(report):
    before = [model.objects.count() for model in (User, Plan, PlanEvent, Reading)]
    said = io.StringIO()

    call_command("load_demo", stdout=said)

    after = [model.objects.count() for model in (User, Plan, PlanEvent, Reading)]
    assert after == before
    assert "is loaded" in said.getvalue()
    assert "Nothing was changed" in said.getvalue()


def test_the_command_reports_what_it_made(report):
    assert f"readings: {Reading.objects.count()}" in report
    assert f"action plans: {Plan.objects.count()}" in report
