from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import numbers

steady = settings(derandomize=True, deadline=None, max_examples=200)
stored = st.integers(-(2**63), 2**63 - 1)
DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1,000"),
        (99999, "99,999"),
        (100000, "1,00,000"),
        (1234567, "12,34,567"),
        (-1234567, "\N{MINUS SIGN}12,34,567"),
    ],
)
def test_digits_are_grouped_as_in_india(number, text):
    assert numbers.grouped(number) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (5, "0.05"),
        (50, "0.5"),
        (100, "1"),
        (123450, "1,234.5"),
        (-5, "\N{MINUS SIGN}0.05"),
    ],
)
def test_hundredths_lose_needless_zeros(value, text):
    assert numbers.hundredths(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "₹ 0"),
        (9500, "₹ 9,500"),
        (99_999, "₹ 99,999"),
        (1_00_000, "₹ 1 lakh"),
        (85_00_000, "₹ 85 lakh"),
        (99_50_000, "₹ 99.5 lakh"),
        (99_99_499, "₹ 99.99 lakh"),
        (99_99_500, "₹ 1 crore"),
        (7985_00_00_000, "₹ 7,985 crore"),
        (1_25_50_000, "₹ 1.26 crore"),
        (-85_00_000, "₹ \N{MINUS SIGN}85 lakh"),
    ],
)
def test_money_reads_in_lakh_and_crore(value, text):
    assert numbers.rupees(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (9500, "₹ 9,500"),
        (999_999, "₹ 999,999"),
        (8_500_000, "₹ 8.5 million"),
        (999_995_000, "₹ 1 billion"),
        (79_850_000_000, "₹ 79.85 billion"),
        (1_234_500_000_000, "₹ 1,234.5 billion"),
        (-8_500_000, "₹ \N{MINUS SIGN}8.5 million"),
    ],
)
def test_money_reads_in_million_and_billion_abroad(value, text):
    assert numbers.foreign_rupees(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(1), "100%"),
        (Fraction(9999, 10000), "99.9%"),
        (Fraction(846, 1000), "84.6%"),
        (Fraction(0), "0%"),
        (Fraction(-1, 2), "\N{MINUS SIGN}50%"),
        (Fraction(5, 2), "250%"),
    ],
)
def test_percent_never_rounds_up_to_the_whole(share, text):
    assert numbers.percent(share) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12,34,567.5", 123456750),
        ("1234567.50", 123456750),
        ("1,234,567", 123456700),
        (" 7 ", 700),
        ("\N{NO-BREAK SPACE}7\N{NO-BREAK SPACE}", 700),
        (".5", 50),
        ("007", 700),
        ("+4", 400),
        ("-3", -300),
        ("\N{MINUS SIGN}3", -300),
        ("१२,३४,५६७.५", 123456750),
        ("92233720368547758.07", 2**63 - 1),
        ("-92233720368547758.08", -(2**63)),
    ],
)
def test_measured_values_are_read_as_typed(text, value):
    assert numbers.parse_hundredths(text) == value


@pytest.mark.parametrize(
    "text",
    ["1 2", "abc", "12,34", "1,2345", ",123", "5.", ".", "-", "1e5", "٣", "½", "1.2.3"],
)
def test_what_is_not_a_number_is_named(text):
    with pytest.raises(ValueError, match="is not a number") as refused:
        numbers.parse_hundredths(text)

    assert f"“{text}”" in str(refused.value)


@pytest.mark.parametrize("parse", [numbers.parse_hundredths, numbers.parse_rupees])
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Write a number."),
        ("  ", "Write a number."),
        ("1.234", "Write at most two decimals."),
        ("9" * 30, "This number is too large."),
        ("9" * 5000, "This number is too large."),
        ("92233720368547758080", "This number is too large."),
    ],
)
def test_a_refusal_says_why(parse, text, reason):
    with pytest.raises(ValueError, match=reason):
        parse(text)


def test_a_long_mistake_is_quoted_in_part():
    with pytest.raises(ValueError, match=r"“x{20}…”"):
        numbers.parse_hundredths("x" * 1000)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,20,000", 120_000),
        ("120000", 120_000),
        ("85 lakh", 85_00_000),
        ("85lakh", 85_00_000),
        ("1 Lac", 1_00_000),
        ("7,985 crore", 7985_00_00_000),
        ("7,985.25 Crore", 7985_25_00_000),
        ("₹ 7,985 crore", 7985_00_00_000),
        ("Rs. 500", 500),
        ("2 cr.", 2_00_00_000),
        ("500.00", 500),
        ("-85 lakh", -85_00_000),
        ("८५ लाख", 85_00_000),
        ("७,९८५ करोड़", 7985_00_00_000),
        ("7,985 कर\u094bड\u093c", 7985_00_00_000),
        ("7,985 कर\u094b\u095c", 7985_00_00_000),
    ],
)
def test_money_is_read_with_its_unit(text, value):
    assert numbers.parse_rupees(text) == value


@pytest.mark.parametrize(
    "text", ["1 2", "abc", "lakh", "85 lakh crore", "12,34", "$ 5"]
)
def test_what_is_not_money_is_named(text):
    with pytest.raises(ValueError, match="is not an amount of money"):
        numbers.parse_rupees(text)


def test_paise_are_refused():
    with pytest.raises(ValueError, match="without paise"):
        numbers.parse_rupees("9,500.50")


def test_money_too_large_for_the_database_is_refused():
    with pytest.raises(ValueError, match="too large"):
        numbers.parse_rupees("99,99,99,99,99,999 crore")


@steady
@given(stored)
def test_measured_values_survive_writing_and_reading(value):
    text = numbers.hundredths(value)

    assert numbers.parse_hundredths(text) == value
    assert numbers.parse_hundredths(text.translate(DEVANAGARI)) == value
    assert numbers.parse_hundredths(text.replace(",", "")) == value


@steady
@given(stored | st.integers(-1000, 1000).map(lambda lakh: lakh * 1_00_000))
def test_money_survives_exact_writing_and_reading(value):
    assert numbers.parse_rupees(numbers.exact_rupees(value)) == value


@steady
@given(st.integers(-(10**18), 10**18))
def test_shown_money_is_right_to_half_a_hundredth_of_its_unit(value):
    shown = numbers.parse_rupees(numbers.rupees(value))

    unit = next(u for u in (10**7, 10**5, 1) if abs(shown) >= u or u == 1)
    assert 200 * abs(shown - value) <= unit


@steady
@given(st.text(max_size=60) | st.text("0123456789,.-+ lakhcroe₹०९", max_size=30))
def test_reading_gives_a_number_or_a_sentence(text):
    for parse in (numbers.parse_hundredths, numbers.parse_rupees):
        assert -(2**63) <= read_or_zero(parse, text) < 2**63


def read_or_zero(parse, text):
    try:
        return parse(text)
    except ValueError as refused:
        # Python's own refusals, such as that of int(), do not end like a sentence.
        if not str(refused).endswith("."):
            raise
        return 0
