"""Numbers as people in India write and read them; exact, and never through floats.

Measured values are integers in hundredths of their unit, money is whole rupees.
Reading refuses what could be meant in two ways, such as "12,34" or "1 2".
"""

import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction

from django.utils.translation import gettext as _

MINUS = "\N{MINUS SIGN}"
LAKH = 10**5
CRORE = 10**7
MILLION = 10**6
BILLION = 10**9

_SMALLEST, _LARGEST = -(2**63), 2**63 - 1
_MOST_DIGITS = 20
_MOST_DECIMALS = 2
_MOST_SHOWN = 20

_DEVANAGARI_DIGITS = str.maketrans("०१२३४५६७८९", "0123456789")
_NUKTA = "\N{DEVANAGARI SIGN NUKTA}"
_NUMBER = re.compile(
    r"""
    (?P<sign>[+-]?)
    (?P<whole>
        [0-9]+
      | [0-9]{1,2} (,[0-9]{2})* ,[0-9]{3}  # Indian, 12,34,567
      | [0-9]{1,3} (,[0-9]{3})+            # international, 1,234,567
      | (?=\.)                             # .5
    )
    (\.(?P<decimals>[0-9]+))?
    """,
    re.VERBOSE,
)
_MONEY = re.compile(r"(₹|rs\.?)?\s*(?P<number>[-+0-9.,]+)\s*(?P<unit>.*)")
# The Hindi words stand without nukta, because it is removed before looking.
_MONEY_UNITS = {
    "": 1,
    "lakh": LAKH,
    "lakhs": LAKH,
    "lac": LAKH,
    "lacs": LAKH,
    "लाख": LAKH,
    "crore": CRORE,
    "crores": CRORE,
    "cr": CRORE,
    "cr.": CRORE,
    "करोड": CRORE,
}


def grouped(number: int) -> str:
    """A whole number with Indian grouping, as in 12,34,567."""
    digits = str(abs(number))
    head, tail = digits[:-3], digits[-3:]
    pairs = [head[max(end - 2, 0) : end] for end in range(len(head), 0, -2)]
    return _sign(number) + ",".join([*reversed(pairs), tail])


def hundredths(value: int) -> str:
    """A measured value in its unit, as in 1,234.5 for 123450."""
    return _with_decimals(value, grouped)


def decimal_text(value: int) -> str:
    """The same for machines, exact: 1234.5, with a sign of ASCII and no grouping."""
    whole, rest = divmod(abs(value), 100)
    decimals = f".{rest:02}".rstrip("0").rstrip(".")
    return f"{'-' if value < 0 else ''}{whole}{decimals}"


def percent(share: Fraction) -> str:
    """A share with one decimal, rounded down so that only the whole reads 100%."""
    tenths = share.numerator * 1000 // share.denominator
    return hundredths(tenths * 10) + "%"


def rupees(value: int) -> str:
    """Money in crore, lakh or rupees, with two decimals at most."""
    if abs(_hundredths_of(LAKH, value)) >= 100 * CRORE // LAKH:
        amount = hundredths(_hundredths_of(CRORE, value))
        return _("₹ %(amount)s crore") % {"amount": amount}
    if abs(value) >= LAKH:
        amount = hundredths(_hundredths_of(LAKH, value))
        return _("₹ %(amount)s lakh") % {"amount": amount}
    return _("₹ %(amount)s") % {"amount": grouped(value)}


def foreign_rupees(value: int) -> str:
    """The same money for readers abroad: billion, million, groups of three."""
    if abs(_hundredths_of(MILLION, value)) >= 100 * BILLION // MILLION:
        amount = _with_decimals(_hundredths_of(BILLION, value), _grouped_abroad)
        return _("₹ %(amount)s billion") % {"amount": amount}
    if abs(value) >= MILLION:
        amount = _with_decimals(_hundredths_of(MILLION, value), _grouped_abroad)
        return _("₹ %(amount)s million") % {"amount": amount}
    return _("₹ %(amount)s") % {"amount": _grouped_abroad(value)}


def exact_rupees(value: int) -> str:
    """Money as somebody would type it; unlike `rupees` it never rounds."""
    if abs(value) >= CRORE and value * 100 % CRORE == 0:
        return _("%(amount)s crore") % {"amount": hundredths(value * 100 // CRORE)}
    if abs(value) >= LAKH and value * 100 % LAKH == 0:
        return _("%(amount)s lakh") % {"amount": hundredths(value * 100 // LAKH)}
    return grouped(value)


def parse_hundredths(text: str) -> int:
    """The measured value that was typed, in hundredths of its unit."""
    number = _cleaned(text)
    if (value := _read(number)) is None:
        raise ValueError(
            _("“%(text)s” is not a number. Write it like 12,34,567 or 1234.5.")
            % {"text": _shortened(text)}
        )
    return _within_64_bits(value)


def parse_rupees(text: str) -> int:
    """The money that was typed, in whole rupees."""
    typed = _MONEY.fullmatch(_cleaned(text).lower())
    unit = _MONEY_UNITS.get(typed["unit"]) if typed else None
    value = _read(typed["number"]) if typed else None
    if unit is None or value is None:
        raise ValueError(
            _(
                "“%(text)s” is not an amount of money. "
                "Write it like 7,985 crore, 85 lakh or 1,20,000."
            )
            % {"text": _shortened(text)}
        )
    amount, paise = divmod(value * unit, 100)
    if paise:
        raise ValueError(_("Write whole rupees, without paise."))
    return _within_64_bits(amount)


def whole_of(text: str) -> int | None:
    """A key or counter as an address or hidden field has it; None for what is none."""
    if len(text) > _MOST_DIGITS or not text.isdecimal():
        return None
    number = int(text)
    return number if number <= _LARGEST else None


def _sign(number: int) -> str:
    return MINUS if number < 0 else ""


def _grouped_abroad(number: int) -> str:
    return f"{_sign(number)}{abs(number):,}"


def _with_decimals(value: int, group: Callable[[int], str]) -> str:
    whole, rest = divmod(abs(value), 100)
    decimals = f".{rest:02}".rstrip("0").rstrip(".")
    return _sign(value) + group(whole) + decimals


def _hundredths_of(unit: int, value: int) -> int:
    """The value in hundredths of a larger unit; halves go away from zero."""
    size = (200 * abs(value) + unit) // (2 * unit)
    return size if value >= 0 else -size


def _cleaned(text: str) -> str:
    text = unicodedata.normalize("NFC", text).replace(_NUKTA, "").strip()
    if not text:
        raise ValueError(_("Write a number."))
    return text.translate(_DEVANAGARI_DIGITS).replace(MINUS, "-")


def _read(number: str) -> int | None:
    """The number in hundredths, or None if it is not one."""
    found = _NUMBER.fullmatch(number)
    if not found:
        return None
    decimals = found["decimals"] or ""
    if len(decimals) > _MOST_DECIMALS:
        raise ValueError(_("Write at most two decimals."))
    digits = found["whole"].replace(",", "").lstrip("0")
    if len(digits) > _MOST_DIGITS:
        raise _too_large()
    value = int(digits + decimals.ljust(_MOST_DECIMALS, "0"))
    return -value if found["sign"] == "-" else value


def _within_64_bits(value: int) -> int:
    if not _SMALLEST <= value <= _LARGEST:
        raise _too_large()
    return value


def _too_large() -> ValueError:
    return ValueError(_("This number is too large."))


def _shortened(text: str) -> str:
    text = text.strip()
    return text if len(text) <= _MOST_SHOWN else f"{text[:_MOST_SHOWN]}…"
