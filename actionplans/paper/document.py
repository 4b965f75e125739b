"""What stands on the paper, page by page, in the words of one language."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from actionplans.models import Erratum, Plan, Seal, SectionCode
from actionplans.paper.tables import (
    Note,
    Part,
    Parts,
    Table,
    bottleneck_tables,
    day,
    intervention_tables,
    product_tables,
    target_tables,
)
from portal.periods import written
from portal.qr import QR
from portal.terms import Confirmation

TABLES: dict[int, Callable[[Parts], list[Table]]] = {
    SectionCode.PRODUCTS: product_tables,
    SectionCode.BOTTLENECKS: bottleneck_tables,
    SectionCode.INTERVENTIONS: intervention_tables,
    SectionCode.TARGETS: target_tables,
}


@dataclass(frozen=True, slots=True)
class Section:
    """One of the eleven: its text, or why it does not apply; its parts as tables."""

    number: int
    name: str
    text: str
    not_applicable: str
    notes: list[Note]
    tables: list[Table]


@dataclass(frozen=True, slots=True)
class LaterWord:
    """An erratum: outside the seal, confirmed by a second office."""

    section: str
    wrong: str
    right: str
    reason: str
    confirmed_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A sealed plan in one language; `address` is where its seal is verified."""

    language: str
    district: str
    state: str
    period: str
    version: str
    facts: list[Note]
    sections: list[Section]
    errata: list[LaterWord]
    sha256: str
    previous: str
    address: str
    qr: QR
    sealed_at: dt.datetime
    words: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return _("%(district)s: District Export Action Plan %(period)s") % {
            "district": self.district,
            "period": self.period,
        }


def paper_of(seal: Seal, errata: Iterable[Erratum], address: str) -> Paper:
    """The paper in the language of today's page. No query."""
    body = json.loads(seal.body)
    return Paper(
        language=get_language() or settings.LANGUAGE_CODE,
        district=body["district"],
        state=body["state"],
        period=_period(body),
        version=_("Version %(number)s") % {"number": body["number"]},
        facts=sealed_facts(seal),
        sections=_sections(body),
        errata=[_later_word(erratum) for erratum in errata],
        sha256=seal.sha256,
        previous=seal.previous,
        address=address,
        qr=QR.of(address),
        sealed_at=seal.sealed_at,
        words=_words(),
    )


def confirmed_errata(plan: Plan) -> list[Erratum]:
    rows = plan.errata.filter(status=Confirmation.CONFIRMED)
    return list(rows.order_by("section", "pk"))


def _period(body: Part) -> str:
    return Plan(year_from=body["year_from"], year_to=body["year_to"]).period


def sealed_facts(seal: Seal) -> list[Note]:
    """What plan it is and how it was adopted, as sealed."""
    body = json.loads(seal.body)
    meeting = body["meeting"] and _("No. %(number)s, held on %(on)s") % {
        "number": body["meeting"],
        "on": day(body["meeting_on"]),
    }
    decision = body["decision"] and _("No. %(number)s: %(text)s") % {
        "number": body["decision"],
        "text": body["decision_text"],
    }
    said = [
        (_("District"), body["district"]),
        (_("State"), body["state"]),
        (_("Code of the district (LGD)"), body["lgd_code"]),
        (_("Financial years"), _period(body)),
        (_("Version"), str(body["number"])),
        (_("Prepared by"), str(Plan.PreparedBy(body["prepared_by"]).label)),
        (_("Adopted on"), day(body["adopted_on"])),
        (_("Meeting of the committee"), meeting),
        (_("Decision"), decision),
        (_("Order number"), body["order_number"]),
        (_("Document that was structured (SHA-256)"), body["document"]),
        (_("Sealed on"), written(timezone.localdate(seal.sealed_at))),
    ]
    return [Note(label, text) for label, text in said if text]


def _sections(body: Part) -> list[Section]:
    parts = Parts(body)
    return [_section(row, parts, body["products_reason"]) for row in body["sections"]]


def _section(row: Part, parts: Parts, reason: str) -> Section:
    code = SectionCode(row["code"])
    tables = TABLES.get(code)
    notes = []
    if code == SectionCode.PRODUCTS and reason:
        notes.append(Note(_("Why not two or three products"), reason))
    return Section(
        number=int(code),
        name=str(code.label),
        text=row["body"],
        not_applicable=row["not_applicable"],
        notes=notes,
        tables=tables(parts) if tables else [],
    )


def _later_word(erratum: Erratum) -> LaterWord:
    assert erratum.decided_at
    return LaterWord(
        section=f"{erratum.section}. {erratum.get_section_display()}",
        wrong=erratum.wrong,
        right=erratum.right,
        reason=erratum.reason,
        confirmed_on=written(timezone.localdate(erratum.decided_at)),
    )


def _words() -> dict[str, str]:
    """What the paper says of itself."""
    return {
        "plan": _("District Export Action Plan"),
        "contents": _("Contents"),
        "number": _("No."),
        "not_applicable": _("Does not apply:"),
        "numbering": _(
            "Products are numbered P1, P2 and so on, bottlenecks B1, interventions I1,"
            " targets T1: by these numbers one names another."
        ),
        "record": _("Adoption and seal"),
        "seal": _("Seal (SHA-256)"),
        "previous": _("Seal before it"),
        "first": _("none: this is the first seal"),
        "verify": _(
            "This document was made from the sealed text of the plan and nothing else."
            " Whether the seal holds can be seen at this address, which also hands out"
            " the text itself:"
        ),
        "qr": _("QR code with the address at which this seal is verified"),
        "errata": _("Errata"),
        "errata_about": _(
            "Not part of the sealed text. Each was found by one office and confirmed by"
            " another; none changes a number."
        ),
        "wrong": _("The plan says"),
        "right": _("It should say"),
        "reason": _("Reason"),
        "confirmed": _("Confirmed on"),
        "section": _("Section"),
        "page": _("Page %(page)s of %(pages)s")
        % {"page": "{page}", "pages": "{pages}"},
        "short_seal": _("Seal %(start)s…") % {"start": "{start}"},
        "demonstration": _("DEMONSTRATION") if settings.DEMO else "",
        "invented": _(
            "Demonstration data. Names of places and products are real; figures are"
            " invented."
        )
        if settings.DEMO
        else "",
        "left_out": _(
            "A letter for which this document has no font stands as a dotted circle:"
            " the text at the address above has them all."
        ),
    }
