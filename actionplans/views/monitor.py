"""Where the plans stand, State by State, beside what Government has stated."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from actionplans.atlas import Atlas
from actionplans.views.overview import country
from districts.models import ProgrammeCount
from portal.charts import LineChart, line_chart

Measure = ProgrammeCount.Measure
# The last has two words for one thing: what the annexure of 2022 calls notified, the
# reply that it belongs to calls adopted.
LINES = [
    (_("products identified"), [Measure.IDENTIFIED]),
    (_("drafts prepared"), [Measure.DRAFTS]),
    (_("adopted or notified"), [Measure.ADOPTED, Measure.NOTIFIED]),
]


@login_not_required
@require_safe
def monitor(request: HttpRequest) -> HttpResponse:
    shown = country(Atlas.current())
    counts = stated_counts()
    context = {
        "crumbs": [(reverse("home"), gettext("Home"))],
        "here": gettext("Monitor"),
        "overview": shown.overview,
        "states": shown.states,
        "stated": counts[::-1],
        "chart": chart_of(counts),
        "today": timezone.localdate(),
    }
    return render(request, "actionplans/monitor.html", context)


def stated_counts() -> list[ProgrammeCount]:
    """What Government stated of the stages that we follow too, oldest first."""
    measures = [measure for _name, several in LINES for measure in several]
    rows = ProgrammeCount.objects.filter(measure__in=measures)
    return list(rows.order_by("on", "measure"))


def chart_of(counts: list[ProgrammeCount]) -> LineChart | None:
    return line_chart(
        [
            (
                str(name),
                [(row.on, row.value) for row in counts if row.measure in measures],
            )
            for name, measures in LINES
        ]
    )
