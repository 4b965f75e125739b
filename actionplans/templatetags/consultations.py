"""Where a consultation shows on pages that are about something else."""

from __future__ import annotations

from typing import Any

from django import template

from actionplans.consultations import phase, tally
from actionplans.models import Consultation, Plan
from districts.models import District

register = template.Library()


@register.inclusion_tag("actionplans/_consultation_flag.html")
def consultation_flag(district: District, last: Consultation | None) -> dict[str, Any]:
    """That a draft of the district can be commented on, will be, or was; no query."""
    return {
        "district": district,
        "consultation": last,
        "phase": phase(last).value if last else "",
    }


@register.inclusion_tag("actionplans/desk/_consultation_line.html")
def consultation_line(plan: Plan) -> dict[str, Any]:
    """How the last consultation on the plan stands; a second query if there is one."""
    last = plan.consultations.defer("body").first()
    return {
        "plan": plan,
        "consultation": last,
        "phase": phase(last).value if last else "",
        "tally": tally(last) if last else None,
    }
