"""What is due in all districts at once, and who can be expected to do it.

Every role's worklist is looked up once, as that of one person who holds all posts of
the role: the number of queries does not grow with offices or officials.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from actionplans.deadlines import REMINDS_OWN_OFFICE
from actionplans.models import Correction, Erratum, Plan
from actionplans.reminders.ladder import TOLD
from actionplans.reminders.posts import DISTANCE, Posts
from actionplans.waiting.items import Item
from actionplans.waiting.rows import RIGHTS, Kind
from actionplans.worklist import worklist
from portal.rules import RULES
from portal.terms import Role

MODELS: dict[Kind, Any] = {Kind.CORRECTION: Correction, Kind.ERRATUM: Erratum}


class Key(NamedTuple):
    """Names a thing that waits, as `waiting.rows.Row` does."""

    kind: str
    place: int
    thing: int


@dataclass(frozen=True, slots=True)
class Thing:
    """Something due, and the nearest people and roles that may do it."""

    key: Key
    item: Item
    due_on: dt.date
    roles: list[Role]
    acting: set[int]

    def changed_after(self, moment: dt.datetime) -> bool:
        """Whether something was done about it since; nobody put that off."""
        changed_at = self.item.row.changed_at
        return changed_at is not None and changed_at > moment

    def rungs(self, posts: Posts) -> dict[int, tuple[int, ...]]:
        """On which rungs it concerns whom."""
        found: dict[int, tuple[int, ...]] = dict.fromkeys(
            self.acting, REMINDS_OWN_OFFICE
        )
        for role, rung in TOLD.items():
            for user in posts.over(role, self.item.district):
                found[user] = (*found.get(user, ()), rung)
        return found


def things(posts: Posts) -> list[Thing]:
    """Everything with a due day that waits for somebody in these posts."""
    waits: dict[Key, dict[Role, Item]] = {}
    for role in DISTANCE:
        for item in _leading(role, posts):
            waits.setdefault(_key(item), {})[role] = item
    before = _did_the_step_before(waits)
    return [
        thing
        for key, items in waits.items()
        if (thing := _nearest(key, items, posts, before.get(key)))
    ]


def _leading(role: Role, posts: Posts) -> Iterator[Item]:
    """What waits for the role's holders to be done, and not only prepared."""
    if posts.held[role]:
        for item in worklist(posts.together(role)).items:
            if item.row.leads and item.due_on:
                yield item


def _key(item: Item) -> Key:
    return Key(item.kind, item.row.district, item.row.thing)


def _nearest(
    key: Key, items: dict[Role, Item], posts: Posts, barred: int | None
) -> Thing | None:
    """The thing with the nearest who may do it, or None if it has nobody."""
    by_distance: dict[int, dict[Role, set[int]]] = {}
    for role, item in items.items():
        if people := posts.over(role, item.district) - {barred}:
            by_distance.setdefault(DISTANCE[role], {})[role] = people
    if not by_distance:
        return None
    nearest = by_distance[min(by_distance)]
    item = next(iter(items.values()))
    assert item.due_on
    people = set().union(*nearest.values())
    return Thing(key, item, item.due_on, list(nearest), people)


def _did_the_step_before(keys: Iterable[Key]) -> dict[Key, int]:
    """Who may not do a thing that the office may, since they did the step before."""
    found: dict[Key, int] = {}
    for kind in Kind:
        column = _column(RULES[RIGHTS[kind][0]])
        of_kind = {key.thing: key for key in keys if column and key.kind == kind}
        if of_kind:
            rows = MODELS.get(kind, Plan)._default_manager.filter(pk__in=of_kind)
            before = rows.order_by().values_list("pk", column)
            found |= {of_kind[thing]: user for thing, user in before}
    return found


def _column(rule: Any) -> str:
    if rule.not_submitter:
        return "submitted_by_id"
    return "recorded_by__user_id" if rule.other_office else ""
