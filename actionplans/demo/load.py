"""The whole story, written into the database in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from django.db import connection, transaction

from actionplans.demo.cast import Cast
from actionplans.demo.courses import Courses
from actionplans.demo.dialogue import Dialogue
from actionplans.demo.escalations import Ladder
from actionplans.demo.evidence import Papers
from actionplans.demo.fates import stories
from actionplans.demo.ground import Ground
from actionplans.demo.material import Material
from actionplans.demo.potential import record_potential
from actionplans.demo.quarters import Reporter
from actionplans.demo.seals import seal_all
from actionplans.demo.store import Store
from actionplans.models import PlanEvent
from districts.models import District
from portal.accounts.models import User
from portal.models import DataVersion


class Refused(Exception):
    """Why the demonstration cannot be loaded here, in a sentence."""


def is_loaded() -> bool:
    """Whether it is there already. A database with anything else in it is refused."""
    if User.objects.filter(is_demonstration=False).exists():
        raise Refused("The database has accounts of real people.")
    if User.objects.exists():
        return True
    if PlanEvent.objects.exists():
        raise Refused("The database has action plans of its own.")
    if not District.objects.exists():
        raise Refused("The registers are empty: run load_register first.")
    return False


@transaction.atomic
def load(
    ground: Ground, tell: Callable[[str], None] = lambda what: None
) -> Counter[str]:
    """Load the demonstration; how many rows of each kind were written."""
    material = Material.read()
    store = Store(tell)
    found = stories(ground)
    cast = Cast.of(ground, found)
    cast.write(store)
    courses = Courses(ground, material, cast, store)
    courses.write(found)
    seal_all(store, courses.events)
    lives = [life for _story, own in courses.told() for life in own]
    Dialogue(material, cast, store).write(lives, ground.today)
    Reporter(ground, material, cast, store).report_all(courses.told())
    Papers(ground, store).write()
    record_potential(ground, material, found, store)
    Ladder(material, cast, store).write(lives, ground.today)
    DataVersion.rise()
    if connection.vendor == "postgresql":
        # It plans its queries by what it knows of the tables, which it would only look
        # at by and by. SQLite plans better by its rules than by such numbers.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return store.written
