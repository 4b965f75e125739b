"""How figures are made: the rules, each with an example worked by them."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from actionplans import examples
from actionplans.models import Indicator
from actionplans.plausible import LEAST_PEERS, TIMES, USUAL_PACE
from actionplans.progress import Kind
from portal.reviewed import REVIEWED


@login_not_required
@require_safe
def method(request: HttpRequest) -> HttpResponse:
    rows = list(Indicator.objects.all())
    context = {
        "crumbs": [(reverse("home"), gettext("Home"))],
        "here": gettext("How figures are made"),
        "reviewed": REVIEWED["method"],
        "kinds": examples.of_kinds(),
        "expected": examples.of_milestones(),
        "verdicts": examples.of_verdicts(),
        "freshness": examples.of_freshness(),
        "questions": list(examples.of_questions()),
        "usual_pace": {kind: pace // 100 for kind, pace in USUAL_PACE.items()},
        "least_peers": LEAST_PEERS,
        "times": TIMES,
        "indicators": [
            (kind.label, [row for row in rows if row.kind == kind]) for kind in Kind
        ],
    }
    return render(request, "actionplans/method.html", context)
