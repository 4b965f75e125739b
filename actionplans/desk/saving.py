"""Who saved a draft last, and whether that was after a page was drawn."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from actionplans.models import Plan, SectionCode
from portal.accounts.models import Appointment, User
from portal.numbers import whole_of

A_MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class LastSaved:
    """`revision` is the one the page was drawn from; `is_mine` in whatever window.

    Whoever saved last is not who changed it before, if both happened meanwhile.
    """

    revision: int
    has_moved: bool
    at: dt.datetime | None
    by: Appointment | None
    section: SectionCode | None
    is_mine: bool

    @classmethod
    def of(
        cls, plan: Plan, reader: User, drawn: str, *, just_saved: bool = False
    ) -> LastSaved:
        """One query where somebody else saved, none where the reader did."""
        known = whole_of(drawn)
        revision = plan.revision if known is None else known + just_saved
        own = reader.current_appointments
        by = next((one for one in own if one.pk == plan.saved_by_id), None)
        if by is None and plan.saved_by_id:
            by = Appointment.objects.with_place().get(pk=plan.saved_by_id)
        has_moved = revision != plan.revision
        section = SectionCode(plan.saved_section) if plan.saved_section else None
        return cls(
            revision=revision,
            has_moved=has_moved,
            at=plan.saved_at,
            by=by,
            section=None if has_moved and just_saved else section,
            is_mine=by is not None and by.user_id == reader.pk,
        )

    @property
    def is_fresh(self) -> bool:
        return self.at is not None and timezone.now() - self.at < A_MINUTE
