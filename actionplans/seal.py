"""The seal of an adopted plan: canonical bytes, their hash, the chain.

The bytes are UTF-8 of JSON in NFC with sorted keys, no spaces, integers and strings
only. They leave out row numbers and persons, so that the same plan always gives the
same bytes. Each seal carries the hash of the one before it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import unicodedata
from typing import Any

from actionplans.models import Plan, PlanEvent, Seal
from portal.terms import Action

FORMAT = 1


def seal(plan: Plan, event: PlanEvent) -> Seal:
    """Seal the plan as it stands. Call inside the transaction that adopts it."""
    previous = Seal.objects.select_for_update().order_by("-pk").first()
    before = previous.sha256 if previous else ""
    whole = Plan.objects.whole().get(pk=plan.pk)
    body = canonical(contents(whole, adoption_of(event), before))
    return Seal.objects.create(
        plan=plan,
        event=event,
        body=body,
        sha256=digest(body),
        previous=before,
        sealed_at=event.recorded_at,
    )


def rebuilt(sealed: Seal, whole: Plan) -> str:
    """The bytes that the rows give today; `whole` is the plan of the seal."""
    return canonical(contents(whole, adoption_of(sealed.event), sealed.previous))


def adoption_of(event: PlanEvent) -> PlanEvent:
    """The adoption that a seal tells of, as it was known when the plan was sealed.

    A transcription is no new adoption: the plan was adopted when it was. What is
    corrected later changes no seal.
    """
    if event.action != Action.TRANSCRIBE:
        return event
    known = event.plan.events.filter(action=Action.RECORD, pk__lt=event.pk)
    return known.latest("pk")


def draft_body(plan: Plan) -> str:
    """A draft in the form of a seal, without an adoption: what a consultation shows."""
    return canonical(contents(Plan.objects.whole().get(pk=plan.pk), None, ""))


def digest(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def canonical(value: dict[str, Any]) -> str:
    return json.dumps(
        _plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def contents(whole: Plan, event: PlanEvent | None, previous: str) -> dict[str, Any]:
    """The plan with all its parts as integers and strings.

    `event` is the adoption or, of a plan recorded as document, that record; of a draft
    there is none. No query if the plan was fetched `whole`, but for a document's.
    """
    decision = event.decision if event else None
    return {
        "format": FORMAT,
        "previous": previous,
        "district": whole.district.name,
        "lgd_code": str(whole.district.lgd_code or ""),
        "state": whole.district.state.name,
        "number": whole.number,
        "year_from": whole.year_from,
        "year_to": whole.year_to,
        "prepared_by": whole.prepared_by,
        "products_reason": whole.products_reason,
        "adopted_on": event.effective_on if event else "",
        "order_number": event.order_number if event else "",
        "document": whole.document.sha256 if whole.document else "",
        "meeting": decision.meeting.number if decision else "",
        "meeting_on": decision.meeting.held_on if decision else "",
        "decision": decision.number if decision else "",
        "decision_text": decision.text if decision else "",
        "sections": [
            {"code": s.code, "body": s.body, "not_applicable": s.not_applicable}
            for s in whole.sections.all()
        ],
        "products": [
            {"line": p.line_id, "product": p.product.slug, "name": p.product.name}
            for p in whole.products.all()
        ],
        "bottlenecks": [_bottleneck(row) for row in _by_line(whole.bottlenecks)],
        "interventions": [_intervention(row) for row in _by_line(whole.interventions)],
        "targets": [_target(row) for row in _by_line(whole.targets)],
    }


def _by_line(rows: Any) -> list[Any]:
    """In an order that no database has a say in."""
    return sorted(rows.all(), key=lambda row: str(row.line_id))


def _bottleneck(row: Any) -> dict[str, Any]:
    return {
        "line": row.line_id,
        "product": _product(row),
        "category": row.category,
        "severity": row.severity,
        "text": row.text,
        "unblock": row.unblock,
        "unblocker": row.unblocker,
        "order": row.order,
    }


def _intervention(row: Any) -> dict[str, Any]:
    return {
        "line": row.line_id,
        "product": _product(row),
        "bottleneck": row.bottleneck.line_id if row.bottleneck else "",
        "targets": sorted(str(target.line_id) for target in row.targets.all()),
        "action": row.action,
        "lead": row.lead,
        "supporting": sorted(agency.name for agency in row.supporting.all()),
        "start_on": row.start_on,
        "due_on": row.due_on,
        "due_moved": row.due_moved,
        "budget": row.budget,
        "fund_source": row.fund_source,
        "order": row.order,
    }


def _target(row: Any) -> dict[str, Any]:
    return {
        "line": row.line_id,
        "product": _product(row),
        "indicator": row.indicator.slug,
        "name": row.indicator.name,
        "unit": row.indicator.unit,
        "kind": row.kind,
        "direction": row.direction,
        "frequency": row.frequency,
        "baseline": row.baseline,
        "baseline_on": row.baseline_on,
        "baseline_source": row.baseline_source,
        "goal": row.goal,
        "due_on": row.due_on,
        "due_moved": row.due_moved,
        "owner": row.owner,
        "verification": row.verification,
        "explanation": row.explanation,
        "order": row.order,
        "milestones": [
            {"due_on": m.due_on, "value": m.value} for m in row.milestones.all()
        ],
    }


def _product(row: Any) -> str:
    return row.plan_product.product.slug if row.plan_product else ""


def _plain(value: Any) -> Any:
    """Only integers, strings, lists and dictionaries; text in NFC; none is empty."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, int):
        return value
    if isinstance(value, dt.date):
        return value.isoformat()
    return unicodedata.normalize("NFC", "" if value is None else str(value))
