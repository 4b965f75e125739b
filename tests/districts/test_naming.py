"""Names of districts as others write them."""

import pytest

from districts.models import District, State
from districts.naming import DistrictNames
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def names(register):
    return DistrictNames(District.objects.with_place())


@pytest.mark.parametrize(
    ("state", "name", "found"),
    [
        ("uttar-pradesh", "Gautam Buddh Nagar", "Gautam Buddha Nagar"),
        ("uttar-pradesh", "PRAYAGRAJ", "Prayagraj"),
        ("uttar-pradesh", "इलाहाबाद", "Prayagraj"),
        ("telangana", "Rangareddy", "Ranga Reddy"),
        ("telangana", "K. V. Rangareddy", "Ranga Reddy"),
        ("nagaland", "Chümoukedima", "Chumoukedima"),
        ("jammu-and-kashmir", "Anant Nag", "Anantnag"),
        ("gujarat", "Kutch", "Kachchh"),
        ("bihar", "Aurangabad", "Aurangabad"),
        ("maharashtra", "Aurangabad", "Chhatrapati Sambhajinagar"),
        ("rajasthan", "Neem ka Thana", "Neem Ka Thana"),
    ],
)
def test_spelling_finds_the_district_of_its_state(names, state, name, found):
    match = names.match(State.objects.get(slug=state), name)

    assert str(match.found) == found
    assert match.guess is None


@pytest.mark.parametrize(
    ("state", "name", "guess"),
    [
        ("uttar-pradesh", "Moradbad", "Moradabad"),
        ("bihar", "Dharbhanga", "Darbhanga"),
        ("bihar", "Moradabad", None),
        ("bihar", "", None),
    ],
)
def test_closeness_is_a_guess_and_never_a_find(names, state, name, guess):
    match = names.match(State.objects.get(slug=state), name)

    assert match.found is None
    assert (match.guess and str(match.guess)) == guess


def test_every_district_is_found_by_its_own_name(names):
    lost = [
        district
        for district in District.objects.with_place()
        if names.match(district.state, district.name).found != district
    ]
    assert lost == []


def test_a_name_goes_before_another_spelling():
    state = make.state()
    make.district("Balrampur-Ramanujganj", state=state, aliases="Balrampur")
    own = make.district("Balrampur", state=state)

    assert DistrictNames(District.objects.all()).match(state, "Balrampur").found == own


def test_a_living_district_goes_before_a_former_one():
    state = make.state()
    make.district("Old Town", state=state, aliases="Town", until="2020-01-01")
    living = make.district("New Town", state=state, aliases="Town")

    assert DistrictNames(District.objects.all()).match(state, "Town").found == living


def test_a_spelling_of_two_districts_names_neither():
    state = make.state()
    make.district("North", state=state, aliases="Hills")
    make.district("South", state=state, aliases="Hills")

    match = DistrictNames(District.objects.all()).match(state, "Hills")

    assert match.found is None
    assert match.guess is not None


def test_state_without_districts_finds_nothing(names):
    assert names.match(make.state(), "Patna").found is None
