"""What is made in each sector, where, and what the plans want of it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from actionplans.atlas import Place, by_state
from actionplans.makers import Made, Makers, places_of
from actionplans.models import Plan, Target
from districts.models import Sector, State


@dataclass(frozen=True, slots=True)
class SectorLine:
    """A sector with its products, those most named first, and their places."""

    sector: Sector
    made: list[Made]
    places: list[Place]

    @property
    def states(self) -> list[tuple[State, list[Place]]]:
        """Where most of its places lie, first."""
        return sorted(by_state(self.places), key=lambda group: -len(group[1]))


def sector_line(sector: Sector, known: Makers) -> SectorLine:
    made = [one for one in known.made if one.product.sector == sector]
    return SectorLine(sector, made, places_of(made))


def sector_lines(known: Makers) -> list[SectorLine]:
    """Every sector, those of most districts first."""
    lines = [sector_line(sector, known) for sector in Sector]
    return sorted(lines, key=lambda line: -len(line.places))


def targets_by_product(sector: Sector) -> dict[int, int]:
    """How many targets plans in force set on each product of a sector; one query."""
    rows = Target.objects.filter(
        plan_product__product__sector=sector,
        plan__in=Plan.objects.followed().order_by(),
    )
    numbers = rows.order_by().values_list("plan_product__product")
    return dict(numbers.annotate(number=Count("pk")))
