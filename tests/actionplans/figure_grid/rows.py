"""The rows of the grid, as they are asked, sent and kept."""

from actionplans.models import ReadingEntry
from actionplans.preparing import prepare
from tests import make
from tests.actionplans.quarters import Q2, sent

SCRIPT = {"HX-Request": "true"}


def with_targets(on_day, place, *indicators):
    """The district, with a plan in force since May that has these as targets, too."""
    on_day(2026, 5, 10)
    plan = make.complete(make.draft(place))
    for indicator in indicators:
        make.target(plan, plan.products.first(), indicator=indicator)
    for action in ("submit", "assess", "adopt", "publish"):
        make.step(plan, action)
    on_day(2026, 11, 22)
    return place


def row_of(place, indicator):
    rows = prepare(place, Q2).figures
    return next(row for row in rows if row.target.indicator == indicator)


def figure(place, indicator, was="", **values):
    return sent(row_of(place, indicator).anchor, was, **values)


def entry_of(place, indicator):
    line = row_of(place, indicator).target.line_id
    return ReadingEntry.objects.filter(report__district=place, line=line).first()
