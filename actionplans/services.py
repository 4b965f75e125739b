"""Services by the public classifications, with those that districts have identified."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from actionplans.makers import Made, Makers
from districts.models import Product, ServiceCategory


@dataclass(frozen=True, slots=True)
class ServiceClass:
    """A class of services, the services of the catalogue in it, and its classes."""

    category: ServiceCategory
    made: list[Made]
    below: list[ServiceClass]


@dataclass(frozen=True, slots=True)
class Classification:
    """One of the public classifications of services."""

    name: str
    classes: list[ServiceClass]

    @property
    def is_used(self) -> bool:
        """Whether any service of the catalogue is classed by it."""
        return any(
            one.made or any(sub.made for sub in one.below) for one in self.classes
        )


def services_made(known: Makers) -> list[Made]:
    return [one for one in known.made if one.product.kind == Product.Kind.SERVICE]


def classifications(services: Iterable[Made]) -> list[Classification]:
    """Those that some service is classed by come first; one query."""
    made: dict[int | None, list[Made]] = {}
    for one in services:
        made.setdefault(one.product.service_category_id, []).append(one)
    below: dict[int | None, list[ServiceCategory]] = {}
    for category in ServiceCategory.objects.order_by("code"):
        below.setdefault(category.parent_id, []).append(category)

    def classed(category: ServiceCategory) -> ServiceClass:
        own = [classed(sub) for sub in below.get(category.pk, [])]
        return ServiceClass(category, made.get(category.pk, []), own)

    schemes: dict[str, list[ServiceClass]] = {}
    for top in below.get(None, []):
        schemes.setdefault(top.scheme, []).append(classed(top))
    found = [Classification(name, classes) for name, classes in schemes.items()]
    return sorted(found, key=lambda one: not one.is_used)
