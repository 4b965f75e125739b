"""The versions of a district's plan, and what each says in its sealed form."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from actionplans.diff import compare
from actionplans.models import Plan, PlanQuerySet, Seal
from actionplans.seal import canonical, contents
from portal.terms import Status


def sealed(plans: PlanQuerySet) -> list[Plan]:
    """Those that can be compared, the newest first, without their long seals."""
    rows = plans.filter(seal__isnull=False).order_by("-number")
    return list(rows)


def before(plan: Plan, versions: list[Plan]) -> Plan | None:
    """The version that came before this plan; of a draft, the last one."""
    for version in versions:
        is_older = plan.number is None or (version.number or 0) < plan.number
        if is_older and version.status != Status.ANNULLED:
            return version
    return None


def changes_between(old: Plan, new: Plan) -> int:
    """How many changes the later of two sealed versions makes; one query."""
    rows = Seal.objects.filter(plan__in=[old, new])
    seals = dict(rows.values_list("plan", "sha256"))
    return _changes(seals[old.pk], seals[new.pk])


@lru_cache(maxsize=2048)
def _changes(old: str, new: str) -> int:
    """Counted once in each process: what was sealed never changes."""
    rows = Seal.objects.filter(sha256__in=[old, new])
    bodies = dict(rows.values_list("sha256", "body"))
    return compare(json.loads(bodies[old]), json.loads(bodies[new])).count


def sealed_contents(plan: Plan) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Seal.objects.get(plan=plan).body)
    return found


def draft_contents(whole: Plan) -> dict[str, Any]:
    """A plan that nobody has adopted yet, in the same form; no query if `whole`."""
    found: dict[str, Any] = json.loads(canonical(contents(whole, None, "")))
    return found
