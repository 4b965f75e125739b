"""What earlier versions and reports said: goals that changed, due dates that moved."""

import datetime as dt

import pytest
from django.utils import timezone

from actionplans.models import InterventionUpdate, Plan
from actionplans.pasts import Moves, moves_of_actions, pasts_of_targets, updates_of
from portal.periods import written
from portal.terms import Action, Role, Status
from tests import make
from tests.actionplans.quarters import Q1, Q2, typed

pytestmark = pytest.mark.django_db
STEPS = [Action.SUBMIT, Action.ASSESS, Action.ADOPT, Action.PUBLISH]


def amended(plan, *, publish=True, **changes):
    """The next version, with the first target (or `on` rows) changed."""
    following = make.draft(plan.district, like=plan)
    target, action = following.targets.first(), following.interventions.first()
    for name, value in changes.items():
        row = action if name == "action_due_on" else target
        setattr(row, name.removeprefix("action_"), value)
        row.due_moved = "The land came late."
        row.save()
    if publish:
        for step in STEPS:
            make.step(following, step)
    return following


def first_target(plan):
    return pasts_of_targets([plan])[plan.targets.first().line_id]


def first_action(plan):
    updates = updates_of([plan])
    return moves_of_actions([plan], updates)[plan.interventions.first().line_id]


def reported(plan, quarter, due_on, reason="The bid failed."):
    """A due date that a filed report moved."""
    sheet = typed(plan.district, quarter, [])
    officer = make.holder_of(Role.RA_OFFICER, plan.district)
    return InterventionUpdate.objects.create(
        line=plan.interventions.first().line,
        report=sheet.report,
        quarter=quarter.code,
        status="in_progress",
        due_on=due_on,
        reason=reason,
        entered_by=officer.current_appointments[0],
    )


def test_a_first_version_has_no_past():
    plan = make.plan(Status.PUBLISHED)
    target = plan.targets.first()

    past = first_target(plan)

    assert past.goals == []
    assert past.moves == Moves(target.due_on)


def test_a_changed_goal_is_marked_with_the_day_of_its_adoption():
    old = make.plan(Status.PUBLISHED)
    new = amended(old, goal=60_00)

    (change,) = first_target(new).goals
    today = written(timezone.localdate())

    assert str(change) == f"Goal 50 until {today}, 60 since."
    assert first_target(old).goals == []


def test_a_draft_shows_the_goal_as_it_was_adopted():
    draft = amended(make.plan(Status.PUBLISHED), publish=False, goal=60_00)

    (change,) = first_target(draft).goals

    assert str(change) == "Goal 50 as adopted, 60 in this draft."


def test_a_goal_that_changed_twice_is_marked_twice_and_once_if_one_is_annulled():
    second = amended(make.plan(Status.PUBLISHED), goal=60_00)
    third = amended(second, goal=70_00)

    assert [(c.before, c.after) for c in first_target(third).goals] == [
        (50_00, 60_00),
        (60_00, 70_00),
    ]

    make.step(third, Action.ANNUL)
    fourth = amended(second, publish=False, goal=80_00)

    assert [(c.before, c.after) for c in first_target(fourth).goals] == [
        (50_00, 60_00),
        (60_00, 80_00),
    ]


def test_a_due_date_moved_by_two_amendments_counts_twice():
    old = make.plan(Status.PUBLISHED)
    day = old.targets.first().due_on
    second = amended(old, due_on=day - dt.timedelta(days=10))
    third = amended(second, due_on=day - dt.timedelta(days=20))

    moves = first_target(third).moves

    assert (moves.times, moves.first) == (2, day)
    assert moves.due_on == day - dt.timedelta(days=20)
    assert moves.reason == "The land came late."
    assert first_target(second).moves.times == 1


def test_reports_and_amendments_move_a_due_date_in_the_order_of_time():
    old = make.plan(Status.PUBLISHED)
    day = old.interventions.first().due_on
    later = [day + dt.timedelta(days=30 * n) for n in (1, 2, 3)]
    reported(old, Q1, later[0])
    new = amended(old, action_due_on=later[1])
    assert first_action(new).due_on == later[1]
    reported(new, Q2, later[2])

    moves = first_action(new)

    assert moves.earlier == (day, *later[:2])
    assert (moves.due_on, moves.reason) == (later[2], "The bid failed.")


def test_an_amendment_that_leaves_the_date_does_not_undo_what_a_report_moved():
    old = make.plan(Status.PUBLISHED)
    day = old.interventions.first().due_on
    reported(old, Q1, day + dt.timedelta(days=30))
    new = amended(old)

    moves = first_action(new)

    assert (moves.times, moves.due_on) == (1, day + dt.timedelta(days=30))


def test_a_date_given_for_the_first_time_has_not_moved():
    old = make.plan()
    row = old.interventions.first()
    day, row.due_on = row.due_on, None
    row.save()

    assert first_action(old) == Moves(None)
    assert Moves(None).to(day, "It was not known.") == Moves(day)


@pytest.mark.parametrize("more", [0, 5])
def test_the_pasts_of_a_plan_take_a_fixed_number_of_queries(
    more, django_assert_num_queries
):
    plan = amended(make.plan(Status.PUBLISHED), publish=False)
    for _ in range(more):
        make.target(plan)
        make.intervention(plan)
    whole = Plan.objects.whole().get(pk=plan.pk)

    with django_assert_num_queries(1):
        pasts_of_targets([whole])
    with django_assert_num_queries(2):
        moves_of_actions([whole], updates_of([whole]))
