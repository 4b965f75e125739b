"""What search engines are told of: each public page in both languages."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.urls import reverse

from actionplans.atlas import Atlas, Place
from actionplans.contents import Entry, entries
from actionplans.makers import makers
from actionplans.models import Plan, PlanEvent
from actionplans.sectors import sector_lines
from districts.models import (
    District,
    HSCode,
    Product,
    RegionalAuthority,
    Sector,
    State,
)
from portal.reviewed import REVIEWED
from portal.terms import IN_FORCE


class InEveryLanguage(Paginator):
    """Pages of rows, each row once for each language; only they are fetched."""

    def page(self, number: int | str) -> Any:
        page = super().page(number)
        codes = [code for code, _name in settings.LANGUAGES]
        page.object_list = [(row, code) for row in page.object_list for code in codes]
        return page


class Section(Sitemap):
    """Pages of one kind. Short enough that none takes longer than another page."""

    i18n = alternates = x_default = True
    limit = 50

    @property
    def paginator(self) -> InEveryLanguage:
        rows: Any = self.items()
        return InEveryLanguage(rows, self.limit)

    def get_protocol(self, protocol: str | None = None) -> str:
        """As the settings say, whatever host was asked."""
        return urlsplit(settings.SITE_URL).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc


class Pages(Section):
    """Pages that stand for themselves, with the day on which they were reviewed."""

    def items(self) -> list[Entry]:
        return [entry for entry in entries() if entry.is_listed]

    def location(self, item: Entry) -> str:
        return item.url

    def lastmod(self, item: Entry) -> dt.date | None:
        return REVIEWED.get(item.name)


class Districts(Section):
    """Living ones, with the day on which a plan last moved or a report was filed."""

    def items(self) -> QuerySet[District]:
        self._days = {place.key: changed_on(place) for place in Atlas.current().places}
        return District.objects.living().with_place().order_by("pk")

    def lastmod(self, item: District) -> dt.date | None:
        return self._days.get(item.pk)


class States(Section):
    """With the latest day of any of their districts."""

    def items(self) -> QuerySet[State]:
        self._days: dict[int, dt.date] = {}
        for place in Atlas.current().places:
            if day := changed_on(place):
                key = place.state.pk
                self._days[key] = max(day, self._days.get(key, day))
        return State.objects.all()

    def lastmod(self, item: State) -> dt.date | None:
        return self._days.get(item.pk)


class Products(Section):
    def items(self) -> QuerySet[Product]:
        return Product.objects.order_by("pk")


class Sectors(Section):
    """Those that have products."""

    def items(self) -> list[Sector]:
        lines = sector_lines(makers(Atlas.current()))
        return [line.sector for line in lines if line.made]

    def location(self, item: Sector) -> str:
        return reverse("sector", args=[item])


class Codes(Section):
    """Those that a product bears, or one below them."""

    def items(self) -> QuerySet[HSCode]:
        return HSCode.objects.filter(code__in=makers(Atlas.current()).under)


class Offices(Section):
    def items(self) -> QuerySet[RegionalAuthority]:
        return RegionalAuthority.objects.all()


class Plans(Section):
    """Those in force, with the day from which they are; old ones by their number."""

    def items(self) -> QuerySet[Plan]:
        steps = PlanEvent.objects.that_brought().values("effective_on")[:1]
        plans = Plan.objects.filter(status__in=IN_FORCE).with_place()
        return plans.annotate(since=steps).order_by("pk")

    def location(self, item: Plan) -> str:
        way = [item.district.state.slug, item.district.slug]
        if item.structured:
            return reverse("plan", args=way)
        return reverse("plan-version", args=[*way, item.number])

    def lastmod(self, item: Any) -> dt.date | None:
        since: dt.date | None = item.since
        return since


SECTIONS = {
    "pages": Pages,
    "states": States,
    "districts": Districts,
    "products": Products,
    "sectors": Sectors,
    "hs": Codes,
    "offices": Offices,
    "plans": Plans,
}


def changed_on(place: Place) -> dt.date | None:
    """The last day on which the place's plan moved or a report of it was filed."""
    days = (place.standing.since, place.standing.filed_on)
    return max((day for day in days if day), default=None)
