"""Searching the registers: places, products, codes, services, sectors and offices.

The index is kept in memory by every process; asking whether the data version has risen
is the one query of a search. Where it has, the index is built anew if the registers
are among what changed: their names, their number or their history.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from operator import attrgetter
from typing import Any, ClassVar

from django.db import models
from django.db.models import Count, Max
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from districts.catalogue import Catalogue
from districts.codes import wider
from districts.models import (
    District,
    DistrictProduct,
    HSCode,
    Product,
    RegionalAuthority,
    Sector,
    ServiceCategory,
    State,
)
from portal.entries import Answer, Entry
from portal.models import Change, DataVersion
from portal.search import Index

# What those call a Regional Authority who look for it, in both languages.
OTHER_WORDS_OF_RA = "DGFT office JDGFT डीजीएफटी कार्यालय दफ़्तर"


class Kind(models.TextChoices):
    """What can be found, as the headings of the results."""

    DISTRICT = "district", _("Districts")
    PRODUCT = "product", _("Products and services")
    HS_CODE = "hs-code", _("HS codes")
    SERVICE = "service", _("Service categories")
    SECTOR = "sector", _("Sectors")
    RA = "ra", _("Regional Authorities")
    STATE = "state", _("States and Union Territories")


def search(question: str, limit: int | None = 20, *, exactly: bool = False) -> Answer:
    """The best finds of each kind; one query unless the registers have changed."""
    return Registers.index().search(question, limit, exactly=exactly)


def suggestions(begun: str, limit: int) -> Answer:
    """The best finds of each kind for a question that is still being typed."""
    return Registers.index().begun(begun, limit)


class Registers:
    """The index of this process, and the state of the data that it was built from."""

    _lock: ClassVar = threading.Lock()
    _version: ClassVar[object] = None
    _stamp: ClassVar[object] = None
    _index: ClassVar = Index([])

    @classmethod
    def index(cls) -> Index:
        current = DataVersion.current()
        # The moment tells apart two transactions of which one was rolled back.
        version = (current.number, current.changed_at)
        with cls._lock:
            if version != cls._version:
                stamp = _stamp()
                if stamp != cls._stamp:
                    cls._index = Index(entries())
                cls._version, cls._stamp = version, stamp
            return cls._index


def _stamp() -> object:
    """What is another whenever a register has changed; read in a few milliseconds."""
    latest = Change.objects.values_list("pk", "changed_at").first()
    names = [
        list(model._default_manager.order_by("pk").values_list("pk", "name", "name_hi"))
        for model in (District, Product, RegionalAuthority, State)
    ]
    made = DistrictProduct.objects.filter(until=None).aggregate(Count("pk"), Max("pk"))
    codes = HSCode.objects.count(), ServiceCategory.objects.count()
    return latest, codes, made, names


def entries() -> Iterator[Entry]:
    """Everything that can be found; a query or two for each register."""
    tree = dict(HSCode.objects.values_list("code", "description"))
    catalogue = Catalogue.current()
    yield from _districts(catalogue)
    yield from _products(catalogue, tree)
    yield from _hs_codes(tree)
    yield from _services()
    yield from _sectors()
    yield from _regional_authorities()
    yield from _states()


def _districts(catalogue: Catalogue) -> Iterator[Entry]:
    """Beside its name count that of the State and of what is made there."""
    made: defaultdict[int, list[str]] = defaultdict(list)
    for making in chain.from_iterable(catalogue.makings.values()):
        product = making.product
        made[making.district] += [product.name, product.name_hi, product.other_names]
    for district in District.objects.with_place().order_by("pk"):
        state = district.state
        yield Entry(
            Kind.DISTRICT,
            f"{state.slug}/{district.slug}",
            district.name,
            district.name_hi,
            names=(*district.alias_list, *filter(None, [district.headquarters])),
            about=" ".join([state.name, state.name_hi, *made[district.pk]]),
            href=("district", state.slug, district.slug),
            detail=state.name,
            detail_hi=state.name_hi,
            last=district.until is not None,
        )


def _products(catalogue: Catalogue, tree: dict[str, str]) -> Iterator[Entry]:
    """Also by the words of their codes; beside these count those of the sector.

    Of two that fit, the one that more districts name comes first.
    """
    english, hindi = _in_both(Sector.choices)
    for product in sorted(catalogue.products.values(), key=attrgetter("pk")):
        own = catalogue.codes.get(product.pk, [])
        above = dict.fromkeys(wide for code in own for wide in wider(code))
        yield Entry(
            Kind.PRODUCT,
            product.slug,
            product.name,
            product.name_hi,
            names=tuple(product.other_name_list),
            text=" ".join(tree[code] for code in own),
            about=" ".join(
                [
                    english[product.sector],
                    hindi[product.sector],
                    *(tree[code] for code in above if code in tree),
                ]
            ),
            codes=tuple(own),
            href=("product", product.slug),
            detail=english[product.sector],
            detail_hi=hindi[product.sector],
            weight=len(catalogue.makings.get(product.pk, ())),
            last=product.is_general,
            widens=True,
        )


def _hs_codes(tree: dict[str, str]) -> Iterator[Entry]:
    """Chapters, headings and subheadings; sections have no code of digits."""
    for code in sorted(filter(str.isdecimal, tree)):
        yield Entry(
            Kind.HS_CODE,
            code,
            code,
            text=tree[code],
            about=" ".join(tree[wide] for wide in wider(code) if wide in tree),
            codes=(code,),
            href=("hs-code", code),
            detail=tree[code],
        )


def _services() -> Iterator[Entry]:
    for service in ServiceCategory.objects.order_by("pk"):
        yield Entry(
            Kind.SERVICE,
            service.code,
            service.name,
            codes=(service.code,) if service.code.isdecimal() else (),
            href=("services",),
            anchor=service.anchor,
            detail=service.scheme,
        )


def _sectors() -> Iterator[Entry]:
    english, hindi = _in_both(Sector.choices)
    for sector in Sector.values:
        yield Entry(
            Kind.SECTOR,
            sector,
            english[sector],
            hindi[sector],
            href=("sector", sector),
        )


def _regional_authorities() -> Iterator[Entry]:
    english, hindi = _in_both(
        [("ra", _("RA %(city)s")), ("office", _("Regional Authority"))]
    )
    for ra in RegionalAuthority.objects.select_related("state").order_by("pk"):
        yield Entry(
            Kind.RA,
            ra.slug,
            english["ra"] % {"city": ra.name},
            hindi["ra"] % {"city": ra.name_hi or ra.name},
            names=tuple(dict.fromkeys(filter(None, [ra.name, ra.name_hi, ra.city]))),
            text=f"{OTHER_WORDS_OF_RA} {english['office']} {hindi['office']}",
            about=f"{ra.state.name} {ra.state.name_hi}",
            href=("regional-authority", ra.slug),
            detail=ra.state.name,
            detail_hi=ra.state.name_hi,
        )


def _states() -> Iterator[Entry]:
    """Also by the letters of the code, "UP", and by initials, "J&K"."""
    for state in State.objects.order_by("pk"):
        initials = "&".join(part[0] for part in state.name.split(" and "))
        letters = state.iso_code.rpartition("-")[2]
        yield Entry(
            Kind.STATE,
            state.slug,
            state.name,
            state.name_hi,
            names=(letters, initials) if len(initials) > 1 else (letters,),
            href=("state", state.slug),
            detail=state.capital,
        )


def _in_both(words: Iterable[tuple[str, Any]]) -> list[dict[str, str]]:
    """The lazy words in English and in Hindi."""
    both = []
    for language in ("en", "hi"):
        with translation.override(language):
            both.append({key: str(word) for key, word in words})
    return both
