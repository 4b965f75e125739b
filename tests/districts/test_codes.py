"""HS codes as people write them."""

import pytest

from districts.codes import known, nearest, read_code, under
from districts.models import HSCode


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("0910", "0910"),
        ("0910.30", "091030"),
        ("0910 30 20", "091030"),
        ("0910302011", "091030"),
        ("910", "0910"),
        ("9", "09"),
        ("91030", "091030"),
        ("091", "091"),
        ("०९१०", "0910"),
        ("xvi", "XVI"),
        (" XI ", "XI"),
        ("", ""),
        ("turmeric", ""),
        ("😀", ""),
        ("²", ""),
    ],
)
def test_a_code_is_read_in_any_writing(typed, read):
    assert read_code(typed) == read


@pytest.fixture
def _tree(db):
    above = None
    for code in ("II", "09", "0910", "091030"):
        above = HSCode.objects.create(code=code, description=code, parent=above)
    HSCode.objects.create(code="0902", description="Tea")
    HSCode.objects.create(code="90", description="Instruments")


@pytest.mark.usefixtures("_tree")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("09103020", "091030"),
        ("091099", "0910"),
        ("0999", "09"),
        ("091", "09"),
        ("88", None),
        ("XX", None),
        ("III", None),
        ("", None),
    ],
)
def test_the_nearest_code_is_the_one_written_or_above_it(typed, found):
    code = nearest(typed)

    assert (code and code.code) == found


@pytest.mark.usefixtures("_tree")
def test_only_a_code_of_the_tree_is_known():
    assert known("0910.30").code == "091030"
    assert known("091099") is None
    assert known("") is None


@pytest.mark.usefixtures("_tree")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("II", {"II", "09", "0910", "091030"}),
        ("09", {"09", "0902", "0910", "091030"}),
        ("091", {"0910", "091030"}),
        ("XX", set()),
        ("x y", set()),
    ],
)
def test_under_a_code_lies_itself_and_all_below(typed, found):
    assert set(under(typed).values_list("code", flat=True)) == found
