"""Plans about a product that a test has at hand."""

from portal.terms import Status
from tests import make

STEPS = [
    Status.UNDER_ASSESSMENT,
    Status.ASSESSED,
    Status.ADOPTED,
    Status.PUBLISHED,
]


def about(product, **bottleneck):
    """A plan in force whose first product this is."""
    plan = make.complete(make.draft())
    plan.products.filter(order=1).update(product=product)
    plan.bottlenecks.update(**bottleneck)
    make.district_product(plan.district, product)
    for status in STEPS:
        for action, _role in make.WALK[status]:
            make.step(plan, action)
    return plan
