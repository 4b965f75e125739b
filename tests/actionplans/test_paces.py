"""How fast others go, as it is kept in memory between requests."""

import pytest

from actionplans.paces import Peers
from actionplans.progress import Kind
from portal.models import DataVersion
from portal.terms import Action
from tests import make

pytestmark = pytest.mark.django_db
STEPS = [Action.SUBMIT, Action.ASSESS, Action.ADOPT, Action.PUBLISH]


def in_force(measure, goal):
    """The target of a plan in force that goes from 10 to this goal in a year."""
    plan = make.complete(make.draft())
    target = make.target(plan, indicator=measure, goal=goal)
    for action in STEPS:
        make.step(plan, action)
    return target


def test_a_target_is_compared_with_those_of_other_districts_in_force():
    measure = make.indicator()
    own, other = in_force(measure, 12_00), in_force(measure, 15_00)
    draft = make.target(make.draft(), indicator=measure, goal=90_00)

    peers = Peers.current()

    assert peers.of(own, own.plan.district_id) == [50_00]
    assert peers.of(other, other.plan.district_id) == [20_00]
    assert sorted(peers.of(draft, draft.plan.district_id)) == [20_00, 50_00]


def test_what_counts_otherwise_is_not_compared():
    measure = make.indicator()
    in_force(measure, 15_00)
    draft = make.target(make.draft(), indicator=measure)
    draft.kind = Kind.TOTAL

    assert Peers.current().of(draft, draft.plan.district_id) == []


def test_what_is_kept_holds_until_something_public_changes(django_assert_num_queries):
    measure = make.indicator()
    in_force(measure, 15_00)
    draft = make.target(make.draft(), indicator=measure)
    Peers.current()

    with django_assert_num_queries(1):
        assert Peers.current().of(draft, draft.plan.district_id) == [50_00]
    in_force(measure, 12_00)
    with django_assert_num_queries(2):
        found = Peers.current().of(draft, draft.plan.district_id)
    assert sorted(found) == [20_00, 50_00]


def test_without_a_version_nothing_is_kept(django_assert_num_queries):
    make.target(make.draft())
    DataVersion.objects.all().delete()

    for _ in range(2):
        with django_assert_num_queries(2):
            assert Peers.current().paces == {}
