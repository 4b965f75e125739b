"""Where and what: places, offices, products, figures."""

from districts.models.code import (
    CHAPTER_DIGITS,
    HEADING_DIGITS,
    SUBHEADING_DIGITS,
    HSCode,
    ServiceCategory,
)
from districts.models.figure import ExportFigure, ProgrammeCount
from districts.models.office import Agency, Jurisdiction, RegionalAuthority
from districts.models.product import (
    DistrictProduct,
    GIRegistration,
    Naming,
    PotentialFact,
    Product,
    Sector,
)
from districts.models.state import (
    District,
    DistrictQuerySet,
    ProgrammeTag,
    State,
    Succession,
)

__all__ = [
    "CHAPTER_DIGITS",
    "HEADING_DIGITS",
    "SUBHEADING_DIGITS",
    "Agency",
    "District",
    "DistrictProduct",
    "DistrictQuerySet",
    "ExportFigure",
    "GIRegistration",
    "HSCode",
    "Jurisdiction",
    "Naming",
    "PotentialFact",
    "Product",
    "ProgrammeCount",
    "ProgrammeTag",
    "RegionalAuthority",
    "Sector",
    "ServiceCategory",
    "State",
    "Succession",
]
