"""Searching the registers: districts, products, codes, offices and States by name.

The index is kept in memory by every process; asking whether the data version has risen
is the one query of a search. Where it has, the index is built anew if the registers
are among what changed: their names, their number or their history.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from districts.models import (
    District,
    HSCode,
    Product,
    RegionalAuthority,
    Sector,
    State,
)
from portal.models import Change, DataVersion
from portal.search import Answer, Entry, Index


class Kind(models.TextChoices):
    """What can be found, as the headings of the results."""

    DISTRICT = "district", _("Districts")
    PRODUCT = "product", _("Products and services")
    HS_CODE = "hs-code", _("HS codes")
    RA = "ra", _("Regional Authorities")
    STATE = "state", _("States and Union Territories")


def search(question: str, limit: int = 20) -> Answer:
    """The best finds of each kind; one query unless the registers have changed."""
    return Registers.index().search(question, limit)


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
    return latest, HSCode.objects.count(), names


def entries() -> Iterator[Entry]:
    """Everything that can be found; one query for each register and its links."""
    yield from _districts()
    yield from _products()
    yield from _hs_codes()
    yield from _regional_authorities()
    yield from _states()


def _districts() -> Iterator[Entry]:
    for district in District.objects.with_place().order_by("pk"):
        state = district.state
        yield Entry(
            Kind.DISTRICT,
            f"{state.slug}/{district.slug}",
            district.name,
            district.name_hi,
            names=(*district.alias_list, *filter(None, [district.headquarters])),
            href=("district", state.slug, district.slug),
            detail=state.name,
            detail_hi=state.name_hi,
            last=district.until is not None,
        )


def _products() -> Iterator[Entry]:
    codes: defaultdict[int, list[str]] = defaultdict(list)
    links = Product.hs_codes.through._default_manager.order_by("hscode__code")
    for product_id, code in links.values_list("product_id", "hscode__code"):
        codes[product_id].append(code)
    english, hindi = _in_both(Sector.choices)
    for product in Product.objects.order_by("pk"):
        yield Entry(
            Kind.PRODUCT,
            product.slug,
            product.name,
            product.name_hi,
            names=tuple(product.other_name_list),
            codes=tuple(codes[product.pk]),
            href=("product", product.slug),
            detail=english[product.sector],
            detail_hi=hindi[product.sector],
            last=product.is_general,
            widens=True,
        )


def _hs_codes() -> Iterator[Entry]:
    """Chapters, headings and subheadings; sections have no code of digits."""
    rows = HSCode.objects.exclude(parent=None).order_by("code")
    for code, description in rows.values_list("code", "description"):
        yield Entry(
            Kind.HS_CODE,
            code,
            code,
            text=description,
            codes=(code,),
            detail=description,
        )


def _regional_authorities() -> Iterator[Entry]:
    english, hindi = _in_both([("ra", _("RA %(city)s"))])
    for ra in RegionalAuthority.objects.select_related("state").order_by("pk"):
        yield Entry(
            Kind.RA,
            ra.slug,
            english["ra"] % {"city": ra.name},
            hindi["ra"] % {"city": ra.name_hi or ra.name},
            names=tuple(dict.fromkeys(filter(None, [ra.name, ra.name_hi, ra.city]))),
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
