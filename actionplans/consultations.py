"""Drafts before the public: which are open, what is said, what waits to be read."""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
from dataclasses import dataclass
from enum import Enum

from allauth.account.adapter import get_adapter
from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from actionplans.models import (
    Consultation,
    ConsultationComment,
    Plan,
    PlanEvent,
)
from districts.models import District
from portal.accounts.models import Appointment, User
from portal.terms import Role, Status

# As long as a plan has one of these, a comment can still change what is adopted.
UNDECIDED = (
    Status.DRAFT,
    Status.UNDER_ASSESSMENT,
    Status.ASSESSED,
    Status.RECORDED,
)
# Who decides on no plan speaks for no office in a consultation either.
SILENT = {Role.AUDITOR, Role.HQ_ADMIN}
COMMENTS_AN_HOUR = 5
REMEMBERED = dt.timedelta(days=1)
SALT = "actionplans.consultations.sender"
# A provider hands out IPv6 addresses by the network; one visitor has a whole one.
NETWORK = 64

Comment = ConsultationComment
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.\w")
# Ten digits of a mobile number in either script, as people part them.
_MOBILE = re.compile(r"(?<!\d)(?:\+?\d{2}[\s-]*|\d)?[6-9६-९](?:[\s-]?\d){9}(?!\d)")


class TooMany(Exception):
    """The sender has sent as many comments this hour as one may."""


class Phase(Enum):
    UPCOMING = "upcoming"
    OPEN = "open"
    # The plan was decided on, or given up, before the last day.
    CUT_SHORT = "cut_short"
    CLOSED = "closed"


def phase(consultation: Consultation) -> Phase:
    today = timezone.localdate()
    if today > consultation.closes_on:
        return Phase.CLOSED
    if consultation.plan.status not in UNDECIDED:
        return Phase.CUT_SHORT
    return Phase.UPCOMING if today < consultation.opens_on else Phase.OPEN


def public(rows: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """Without those that never opened: their draft was to be read by nobody yet.

    A plan that is decided on, or given up, is so for good.
    """
    decided = PlanEvent.objects.exclude(after__in=UNDECIDED).filter(
        plan=OuterRef("plan"), recorded_at__date__lt=OuterRef("opens_on")
    )
    return rows.filter(~Exists(decided))


def open_now() -> QuerySet[Consultation]:
    rows = Consultation.objects.open_on(timezone.localdate())
    return rows.filter(plan__status__in=UNDECIDED)


def open_first() -> QuerySet[Consultation]:
    """Those that everybody can comment on, as they are listed: soonest closed first."""
    return numbered(open_now()).order_by("closes_on", "pk")


def closed_last_first() -> QuerySet[Consultation]:
    over = Consultation.objects.filter(closes_on__lt=timezone.localdate())
    return numbered(over).order_by("-closes_on", "-pk")


def running(plan: Plan) -> Consultation | None:
    """The plan's consultation that is open or still to come."""
    today = timezone.localdate()
    rows = plan.consultations.defer("body").filter(closes_on__gte=today)
    return rows.first()


def numbered(rows: QuerySet[Consultation]) -> QuerySet[Consultation]:
    """With its number among those of the district, and without the long copy."""
    same = public(Consultation.objects.all()).filter(
        plan__district=OuterRef("plan__district"), pk__lte=OuterRef("pk")
    )
    counted = same.order_by().values("plan__district").annotate(n=Count("pk"))
    return (
        public(rows)
        .annotate(number=Subquery(counted.values("n")))
        .select_related("plan__district__state")
        .defer("body")
    )


def of_district(district: District) -> list[Consultation]:
    """The public ones, oldest first: the place in the list is the number less one."""
    rows = public(Consultation.objects.filter(plan__district=district))
    return list(rows.select_related("plan", "event").defer("body").order_by("pk"))


def foremost(rows: list[Consultation]) -> Consultation | None:
    """The open one, else the one that began last, else the one to come."""
    by_phase: dict[Phase, Consultation] = {phase(row): row for row in rows}
    begun = [row for row in rows if phase(row) != Phase.UPCOMING]
    latest = begun[-1] if begun else by_phase.get(Phase.UPCOMING)
    return by_phase.get(Phase.OPEN) or latest


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many comments came, and what became of those that are shown."""

    received: int
    waiting: int
    shown: int
    hidden: int
    taken_up: int
    in_part: int
    not_taken: int

    @property
    def open_ended(self) -> int:
        """Shown, but nobody has said what became of it."""
        return self.shown - self.taken_up - self.in_part - self.not_taken


def tally(consultation: Consultation) -> Tally:
    """One query."""
    shown = Q(status=Comment.Status.SHOWN)
    statuses = {s.value: Count("pk", filter=Q(status=s)) for s in Comment.Status}
    outcomes = {
        o.value: Count("pk", filter=shown & Q(outcome=o)) for o in Comment.Outcome
    }
    return Tally(
        **consultation.comments.aggregate(received=Count("pk"), **statuses, **outcomes)
    )


def shown_comments(consultation: Consultation) -> QuerySet[Comment]:
    """What the public reads, by section; with the offices that spoke."""
    rows = consultation.comments.filter(status=Comment.Status.SHOWN)
    return with_offices(rows)


def with_offices(rows: QuerySet[Comment]) -> QuerySet[Comment]:
    by = "said_by__"
    return rows.select_related(
        f"{by}state", f"{by}ra", f"{by}district", f"{by}agency"
    ).order_by("section", "received_at", "pk")


def waiting_first(rows: QuerySet[Comment]) -> QuerySet[Comment]:
    waits = models.Case(models.When(status=Comment.Status.WAITING, then=0), default=1)
    return with_offices(rows).order_by(waits, "section", "received_at", "pk")


def speaks_for(user: User, district: District) -> Appointment | None:
    """The office that a signed-in official comments for; none of a stranger."""
    for held in getattr(user, "current_appointments", []):
        if held.role not in SILENT and district in user.charge([held.role]):
            return held
    return None


def sender_of(request: HttpRequest, office: Appointment | None) -> str:
    """Tells senders apart for a day, and says nothing about them."""
    who = f"user {office.user_id}" if office else _network(request)
    today = timezone.localdate().isoformat()
    return salted_hmac(SALT, f"{today} {who}", algorithm="sha256").hexdigest()


def _network(request: HttpRequest) -> str:
    """The visitor's address as sign-in counts it, behind the proxies we trust."""
    address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.ip_network((address, NETWORK), strict=False))


@transaction.atomic
def take_in(comment: Comment) -> None:
    """Keep a comment until somebody reads it. Sent twice, it is kept once."""
    forget_senders()
    # Whoever sends two at once is counted one after the other.
    Consultation.objects.select_for_update().only("pk").get(pk=comment.consultation_id)
    hour_ago = timezone.now() - dt.timedelta(hours=1)
    lately = Comment.objects.filter(sender=comment.sender, received_at__gt=hour_ago)
    same = lately.filter(
        consultation=comment.consultation_id,
        section=comment.section,
        text=comment.text,
    )
    if same.exists():
        return
    if lately.count() >= COMMENTS_AN_HOUR:
        raise TooMany
    comment.save(force_insert=True)


def forget_senders() -> int:
    """Nothing is kept of who sent what longer than a day."""
    old = Comment.objects.filter(received_at__lt=timezone.now() - REMEMBERED)
    return old.exclude(sender="").update(sender="")


def holds_address(text: str) -> bool:
    """Whether it seems to hold an e-mail address or a mobile number."""
    return bool(_EMAIL.search(text) or _MOBILE.search(text))
