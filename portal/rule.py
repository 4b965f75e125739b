"""What a rule of the table in `portal.rules` says."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from portal.terms import ADOPTED_NOW, IN_PREPARATION, Need, Role, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """When an action may be taken, by whom, what it needs, what the plan becomes.

    `when` is None for what is done to a district, not to a plan or a correction.
    Headquarters may act for the roles in `stands_in` where nobody holds them. The
    State's officers count only where the State's setting named by `if_state` says so.
    """

    when: Collection[str] | None
    who: Collection[Role]
    then: Status | None = None
    stands_in: frozenset[Role] = frozenset()
    if_state: str = ""
    not_submitter: bool = False
    other_office: bool = False
    none_in_preparation: bool = False
    none_adopted: bool = False
    needs: frozenset[Need] = frozenset()

    @property
    def taken_by_others(self) -> Collection[Status]:
        """What no other plan of the district may be, for this one to begin.

        What is recorded as adopted came before what was adopted here: the numbers of a
        district's plans are in the order in which they come into force.
        """
        if self.none_adopted:
            return ADOPTED_NOW
        return IN_PREPARATION if self.none_in_preparation else ()
