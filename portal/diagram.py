"""The life of a plan as a diagram, printed from the rules table (Mermaid)."""

from collections.abc import Iterator

from portal.moves import target_of
from portal.rules import RULES
from portal.terms import Action, Role, Status

SYSTEM = "by itself"
SHORT = {
    Role.HQ_OFFICER: "HQ",
    Role.RA_OFFICER: "RA",
    Role.STATE_OFFICER: "State",
    Role.CONVENER: "convener",
    Role.CHAIR: "chair",
}


def life_of_a_plan() -> str:
    return "\n".join(["stateDiagram-v2", *_arrows()])


def _arrows() -> Iterator[str]:
    for action, rule in RULES.items():
        if rule.then is None:
            continue
        who = ", ".join(SHORT[role] for role in rule.who) or SYSTEM
        starts = [Status(s) for s in rule.when] if rule.when is not None else [None]
        for before in starts:
            after = target_of(action, before) if before else rule.then
            source = before or "[*]"
            yield f"    {source} --> {after}: {Action(action).value} ({who})"
