"""How the status of a plan changes: what follows from the table of rights."""

from __future__ import annotations

from portal.rules import RULES
from portal.terms import Action, Status

# How a plan begins.
FIRST = {
    rule.then
    for action, rule in RULES.items()
    if rule.when is None and rule.then is not None
}


# Where a step back does not lead to the draft.
_BACK = {
    (Action.RETURN, Status.RECORDED): Status.ASSESSED,
    (Action.RETURN, Status.TRANSCRIBED): Status.UNSTRUCTURED,
    (Action.WITHDRAW, Status.TRANSCRIBED): Status.UNSTRUCTURED,
}


def target_of(action: Action, status: str) -> Status | None:
    """The status that the action leads to from this one."""
    return _BACK.get((action, Status(status)), RULES[action].then)


def moves() -> set[tuple[Status, Status]]:
    """Every change of status that the rules know: the database allows no other.

    A plan without structure that is put in force again is so without structure.
    """
    found = {
        (Status(before), after)
        for action, rule in RULES.items()
        if rule.then
        for before in rule.when or []
        if (after := target_of(action, before))
    }
    return found | {(Status.SUPERSEDED, Status.UNSTRUCTURED)}
