"""What stands beside a plan: the changes of an amendment, the errata of a seal."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django import template

from actionplans.diff import compare
from actionplans.models import Erratum, Plan, Seal
from actionplans.versions import draft_contents
from portal.terms import Confirmation, Status

register = template.Library()


@dataclass(frozen=True, slots=True)
class Since:
    """How many changes there are since adoption; None where nobody has counted."""

    count: int | None


@register.simple_tag
def changes_since_adoption(plan: Plan) -> Since | None:
    """Of an amendment; counted where the plan is at hand with all its parts.

    One query then, and none on the pages that show only a piece of the plan.
    """
    is_draft = plan.is_in_preparation and plan.status != Status.ADOPTED
    if not is_draft or plan.amends_id is None:
        return None
    if not plan.is_whole:
        return Since(None)
    amended = Seal.objects.filter(plan=plan.amends_id)
    amended = amended.exclude(plan__status=Status.ANNULLED)
    adopted = amended.values_list("body", flat=True).first()
    if adopted is None:
        return None
    return Since(compare(json.loads(adopted), draft_contents(plan)).count)


@register.simple_tag
def errata_of(plan: Plan) -> list[Erratum]:
    """Those that another office confirmed, section by section; one query."""
    return list(plan.errata.filter(status=Confirmation.CONFIRMED))
