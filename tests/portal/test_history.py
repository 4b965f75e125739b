"""The history of the registers."""

import pytest

from districts.models import State
from portal import history
from portal.models import Change, DataVersion
from tests import make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        ("", ""),
        (0, "0"),
        (True, "yes"),
        (False, "no"),
        (["b", "a"], "a|b"),
        ([], ""),
    ],
)
def test_values_are_written_as_text(value, text):
    assert history.as_text(value) == text


def test_row_keeps_its_history_by_key_not_by_name():
    state = make.state("Orissa")
    change = history.change(state, "name", "Orissa", "Odisha", reason="Act 15 of 2011")

    history.record([change])

    assert (change.register, change.row) == ("districts.state", str(state.pk))
    assert str(Change.objects.get()) == f"districts.state {state.pk} name"


def test_recording_changes_raises_the_data_version():
    version = DataVersion.current().number

    history.record([])
    assert DataVersion.current().number == version

    history.record([history.change(make.state(), "name", "", "A", reason="New")])
    assert DataVersion.current().number == version + 1


def test_only_what_people_changed_counts_as_theirs():
    state = make.state()
    by_people = history.change(state, "name", "A", "B", reason="Asked for")
    by_command = history.change(state, "capital", "A", "B", reason="load_register")

    history.record([by_people], by=make.user())
    history.record([by_command])

    assert history.changed_by_people(State) == {(str(state.pk), "name")}
