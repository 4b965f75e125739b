"""What the registers called things at an earlier moment, as their history tells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import chain

from django.db.models import Model

from actionplans.models import FundSource, Indicator, Plan
from districts.models import Agency, District, Product, State
from portal.history import register_of
from portal.models import Change

REGISTERS = [Agency, District, FundSource, Indicator, Product, State]
# What a seal holds of a register.
FIELDS = ["name", "slug", "unit", "lgd_code"]


class NamesThen:
    """The changes of names, newest first, by register and row."""

    def __init__(self, changes: dict[tuple[str, str], list[Change]]) -> None:
        self.changes = changes

    @classmethod
    def known(cls) -> NamesThen:
        """One query; few things are ever renamed."""
        registers = [register_of(model) for model in REGISTERS]
        rows = Change.objects.filter(register__in=registers, field__in=FIELDS)
        changes: dict[tuple[str, str], list[Change]] = {}
        for row in rows.exclude(row="").order_by("-pk"):
            changes.setdefault((row.register, row.row), []).append(row)
        return cls(changes)

    def restore(self, whole: Plan, moment: dt.datetime) -> None:
        """Give everything that the plan names the name that it had then.

        Best a plan fetched for this alone: others may share what it names.
        """
        for thing in _named_in(whole):
            key = (register_of(type(thing)), str(thing.pk))
            for change in self.changes.get(key, []):
                if change.changed_at > moment:
                    setattr(thing, change.field, change.before)


def _named_in(whole: Plan) -> Iterator[Model]:
    """Every copy in memory of a register's row, for there may be several of one."""
    found = chain(
        [whole.district, whole.district.state],
        (row.product for row in whole.products.all()),
        *(
            [row.plan_product and row.plan_product.product, row.unblocker]
            for row in whole.bottlenecks.all()
        ),
        *(
            [
                row.plan_product and row.plan_product.product,
                row.lead,
                row.fund_source,
                *row.supporting.all(),
            ]
            for row in whole.interventions.all()
        ),
        *(
            [row.plan_product and row.plan_product.product, row.indicator, row.owner]
            for row in whole.targets.all()
        ),
    )
    return (thing for thing in found if thing is not None)
