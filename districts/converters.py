"""Parts of public addresses that stand for something of the registers.

What they do not know is not found, before any view runs.
"""

from districts.models import Sector


class HSCodeConverter:
    """An HS code as people write it: a section's numeral, or digits with dots."""

    regex = "[IVXivx]{1,5}|[0-9][0-9.]{0,12}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class SectorConverter:
    """A sector of the catalogue of products."""

    regex = "|".join(Sector.values)

    def to_python(self, value: str) -> Sector:
        return Sector(value)

    def to_url(self, value: str) -> str:
        return str(value)
