"""A filed figure that was wrong: the right one stands beside it."""

import pytest
from django.core.exceptions import PermissionDenied

from actionplans import corrected_figures, reporting
from actionplans.models import (
    Reading,
)
from portal.models import DataVersion
from portal.terms import Role
from tests import make
from tests.actionplans.quarters import (
    Q2,
    filed,
    given,
    in_force,
)

pytestmark = pytest.mark.django_db


def test_a_correction_is_a_new_reading_beside_the_old_one(on_day):
    place = in_force(on_day).district
    filed(place, Q2, [35_00])
    officer = make.holder_of(Role.RA_OFFICER, place)
    version = DataVersion.current().number
    old = Reading.objects.get()

    new = corrected_figures.correct(
        old, given(53_00, source="Register"), by=officer, because="Digits swapped."
    )

    assert list(Reading.objects.current()) == [new]
    assert (new.supersedes, new.report, new.quarter) == (old, old.report, 20262)
    assert (new.value, new.note, new.source) == (53_00, "Digits swapped.", "Register")
    assert DataVersion.current().number > version


def test_a_reading_is_corrected_once(on_day):
    place = in_force(on_day).district
    filed(place, Q2, [35_00])
    officer = make.holder_of(Role.RA_OFFICER, place)
    old = Reading.objects.get()
    corrected_figures.correct(old, given(53_00), by=officer, because="Digits swapped.")

    with pytest.raises(
        reporting.ReportBlocked, match="corrected this figure meanwhile"
    ):
        corrected_figures.correct(old, given(54_00), by=officer, because="Again.")


def test_who_only_types_corrects_nothing(on_day):
    place = in_force(on_day).district
    filed(place, Q2, [35_00])
    typist = make.official(Role.STAFF, place)

    with pytest.raises(PermissionDenied):
        corrected_figures.correct(
            Reading.objects.get(), given(53_00), by=typist, because="Mine."
        )
