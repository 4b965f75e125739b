"""What happened to a plan, and the seal of what was adopted. Append-only."""

from __future__ import annotations

from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from actionplans.models.committee import Decision
from actionplans.models.plan import Plan
from portal.accounts.models import Appointment
from portal.terms import Action, Role, Status


class ReturnReason(models.TextChoices):
    BASELINE = "baseline", _("A baseline is missing or unsourced")
    TARGET = "target", _("A target cannot be measured")
    INTERVENTION = "intervention", _("An intervention lacks agency, date or money")
    PRODUCT = "product", _("The products are not the right ones")
    CONSULTATION = "consultation", _("An office concerned was not heard")
    OTHER = "other", _("Other, see the note")


class Check(models.TextChoices):
    """The questions that an assessor answers."""

    BASELINES = "baselines", _("Every baseline has a source that can be looked up.")
    MEASURABLE = "measurable", _("Every target can be measured in its quarter.")
    ACTIONS = "actions", _("Every severe bottleneck has an intervention against it.")
    AGENCIES = "agencies", _("The agencies named have agreed to their part.")
    MONEY = "money", _("The money has a source, or it is said that none is found yet.")
    MARKETS = "markets", _("The products have buyers abroad, or a way to find them.")


class PlanEventQuerySet(models.QuerySet["PlanEvent"]):
    def standing(self) -> PlanEventQuerySet:
        """What holds: without the events that a correction has replaced."""
        return self.filter(replaced_by=None)

    def that_brought(self) -> PlanEventQuerySet:
        """The steps that brought a plan of an outer query to its status, latest first.

        Not by their keys: a correction has a later one than the step it puts right.
        """
        moves = self.standing().exclude(before=F("after"))
        here = moves.filter(plan=OuterRef("pk"), after=OuterRef("status"))
        return here.order_by("-effective_on", "-pk")


class PlanEvent(models.Model):
    """One step in the life of a plan: what, by which appointment, and when.

    `effective_on` is the day it holds from, `recorded_at` the moment it was typed.
    No appointment means that it followed from another step or happened by itself.
    `acting_for` names the vacant post for which headquarters acted. A correction
    `replaces` an event with one of the same action and another day or order number.
    """

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="events")
    action = models.CharField(_("action"), max_length=20, choices=Action)
    before = models.CharField(_("from"), max_length=16, choices=Status, blank=True)
    after = models.CharField(_("to"), max_length=16, choices=Status)
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, null=True, related_name="+"
    )
    acting_for = models.CharField(max_length=20, choices=Role, blank=True)
    effective_on = models.DateField(_("effective on"))
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now)
    note = models.TextField(_("note"), blank=True)
    reason_codes = models.JSONField(default=list, blank=True)
    checklist = models.JSONField(default=dict, blank=True)
    order_number = models.CharField(_("order number"), max_length=60, blank=True)
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="events"
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="replaced_by"
    )

    objects = PlanEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["effective_on"]),
            # How far a plan has come is read from this index alone.
            models.Index(
                name="planevent_moves", fields=["plan", "action", "effective_on", "id"]
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="planevent_adoption_has_decision",
                condition=~Q(action__in=[Action.ADOPT, Action.RECORD_ADOPTION])
                | Q(decision__isnull=False),
            ),
            models.CheckConstraint(
                name="planevent_notification_has_order",
                condition=~Q(action=Action.NOTIFY) | ~Q(order_number=""),
            ),
            models.CheckConstraint(
                name="planevent_says_why",
                condition=~Q(
                    action__in=[
                        Action.RETURN,
                        Action.WITHDRAW,
                        Action.DISCARD,
                        Action.ANNUL,
                        Action.COMMENT,
                        Action.HOLD,
                        Action.HAND_IN,
                    ]
                )
                | ~Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.plan}"

    @property
    def returned_for(self) -> list[str]:
        return [str(ReturnReason(code).label) for code in self.reason_codes]

    @property
    def checks(self) -> list[tuple[str, bool]]:
        """The assessor's answers, in the order of the questions."""
        answers = self.checklist
        return [(str(c.label), answers[c]) for c in Check if c in answers]


class Seal(models.Model):
    """The whole plan as adopted, in canonical bytes, chained to the seal before it.

    `sha256` is the hash of `body` in UTF-8; see `actionplans.seal` for the form.
    """

    plan = models.OneToOneField(Plan, models.PROTECT, related_name="seal")
    event = models.OneToOneField(PlanEvent, models.PROTECT, related_name="seal")
    body = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True)
    previous = models.CharField(max_length=64, unique=True, blank=True)
    sealed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("seal")
        verbose_name_plural = _("seals")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.sha256
