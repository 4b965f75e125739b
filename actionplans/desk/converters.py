"""Parts of the desk's addresses that stand for something of ours.

What they do not know is not found, before any view runs.
"""

from actionplans.desk.parts import PARTS, Part
from portal.periods import Quarter
from portal.rules import STEPS
from portal.terms import Action


class StepConverter:
    """A step that somebody can take, as the last part of a plan's address."""

    regex = "|".join(STEPS)

    def to_python(self, value: str) -> Action:
        return Action(value)

    def to_url(self, value: Action) -> str:
        return str(value)


class PartConverter:
    """A kind of row in a plan."""

    regex = "|".join(PARTS)

    def to_python(self, value: str) -> Part:
        return PARTS[value]

    def to_url(self, value: Part | str) -> str:
        return value.slug if isinstance(value, Part) else value


class SHA256Converter:
    """The hash of a document: an address that nobody guesses."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class QuarterConverter:
    """The code of a quarter: 20262 is July to September 2026."""

    regex = "20[0-9]{2}[1-4]"

    def to_python(self, value: str) -> Quarter:
        return Quarter.from_code(int(value))

    def to_url(self, value: Quarter | int) -> str:
        return str(value.code if isinstance(value, Quarter) else value)
