"""Who may sign in, and which posts they hold."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from districts.charge import Charge
from districts.models import Jurisdiction
from portal.accounts.preferences import MailRhythm
from portal.naming import local_name
from portal.rules import may
from portal.terms import DISTRICT_ROLES, NATIONAL, Action, Role


class UserManager(BaseUserManager["User"]):
    def create_user(
        self, email: str, password: str | None = None, **extra: Any
    ) -> User:
        user = self.model(email=email.lower(), **extra)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, email: str | None) -> User:
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who may sign in. What they may do comes from their appointments.

    `name` is seen by officials only: nothing public names a person.
    """

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    is_active = models.BooleanField(_("may sign in"), default=True)
    mail_rhythm = models.CharField(
        _("reminders by mail"), max_length=6, choices=MailRhythm, default="daily"
    )
    mail_language = models.CharField(
        _("language of mails"), max_length=2, choices=settings.LANGUAGES, default="en"
    )
    is_demonstration = models.BooleanField(_("demonstration account"), default=False)
    joined_at = models.DateTimeField(_("joined at"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.name

    @property
    def is_staff(self) -> bool:
        """Whether Django's admin lets them in."""
        return any(a.role == Role.HQ_ADMIN for a in self.current_appointments)

    def has_perm(self, perm: str, obj: object = None) -> bool:
        return self.is_active and self.is_staff

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_active and self.is_staff

    @cached_property
    def current_appointments(self) -> list[Appointment]:
        held = self.appointments.current().with_place().order_by("pk")
        return list(held)

    @cached_property
    def _jurisdiction(self) -> dict[int, set[int]]:
        """The districts of each Regional Authority at which the user holds a post."""
        ras = {a.ra_id for a in self.current_appointments if a.ra_id}
        found: dict[int, set[int]] = {ra: set() for ra in ras}
        if ras:
            today = timezone.localdate()
            rows = Jurisdiction.objects.on(today).filter(ra__in=ras)
            for ra, district in rows.values_list("ra_id", "district_id"):
                found[ra].add(district)
        return found

    def charge(self, roles: Collection[Role] = tuple(Role)) -> Charge:
        """Where the user holds any of these roles today."""
        held = [a for a in self.current_appointments if a.role in roles]
        districts = {a.district_id for a in held if a.district_id}
        for appointment in held:
            if appointment.ra_id:
                districts |= self._jurisdiction[appointment.ra_id]
        return Charge(
            everywhere=any(a.role in NATIONAL for a in held),
            states=frozenset(a.state_id for a in held if a.state_id),
            districts=frozenset(districts),
        )

    def appointment_for(self, role: Role, district: Any) -> Appointment | None:
        """The current appointment under which the user acts in that role there."""
        for appointment in self.current_appointments:
            if appointment.role == role and district in self.charge([role]):
                return appointment
        return None

    def stands_in(
        self, roles: Collection[Role], district: Any, besides: int | None = None
    ) -> frozenset[Role]:
        """The roles, held there by nobody else, for which headquarters may act."""
        if district not in self.charge([Role.HQ_OFFICER]):
            return frozenset()
        holders = Appointment.objects.holding(roles, district)
        if besides:
            holders = holders.exclude(user_id=besides)
        return frozenset(roles) - set(holders.values_list("role", flat=True))

    def stands_in_q(
        self, roles: Collection[Role], path: str = "", besides: str | None = None
    ) -> Q:
        """The same as a condition; `path` leads from the queried model to District."""
        if not self.charge([Role.HQ_OFFICER]):
            return Q(pk__in=[])
        district = f"{path}__pk" if path else "pk"
        vacant = Q(pk__in=[])
        for role in roles:
            if besides:
                holders = Appointment.objects.holding([role], OuterRef(district))
                others = holders.exclude(user_id=OuterRef(besides))
                vacant |= Q(~Exists(others))
            else:
                vacant |= ~Q(**{f"{district}__in": self._posts_held[role]})
        return vacant

    @cached_property
    def _posts_held(self) -> dict[Role, models.QuerySet[Any, Any]]:
        """Where each post of the field is held by somebody.

        Looked up as a whole, which is faster than asking for each district.
        """
        field = (Role.RA_OFFICER, Role.CONVENER)
        return {role: Appointment.objects.districts_held(role) for role in field}

    def may(self, action: Action, thing: Any) -> bool:
        return may(self, action, thing)


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def current(self) -> AppointmentQuerySet:
        today = timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gt=today), since__lte=today)

    def with_place(self) -> AppointmentQuerySet:
        return self.select_related("state", "ra", "district__state")

    def holding(self, roles: Collection[Role], district: Any) -> AppointmentQuerySet:
        """Current appointments of active users to these roles over the district."""
        today = timezone.localdate()
        over = "ra__jurisdictions__"
        by_office = Q(
            Q(**{f"{over}since": None}) | Q(**{f"{over}since__lte": today}),
            Q(**{f"{over}until": None}) | Q(**{f"{over}until__gt": today}),
            **{f"{over}district": district},
        )
        return self.current().filter(
            Q(district=district) | by_office,
            role__in=roles,
            user__is_active=True,
        )

    def districts_held(self, role: Role) -> models.QuerySet[Any, Any]:
        """The districts over which an active user holds this role today."""
        held = self.current().filter(role=role, user__is_active=True)
        if role != Role.RA_OFFICER:
            return held.filter(district__isnull=False).values("district")
        jurisdictions = Jurisdiction.objects.on(timezone.localdate())
        return jurisdictions.filter(ra__in=held.values("ra")).values("district")


class Appointment(models.Model):
    """A role held over a place from a day on: one row for each place.

    `until` is the first day on which it is no longer held. The database lets a row end
    and refuses every other change, so that history keeps the appointment that acted.
    """

    user = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("person"), related_name="appointments"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    state = models.ForeignKey(
        "districts.State",
        models.PROTECT,
        verbose_name=_("State"),
        null=True,
        blank=True,
        related_name="appointments",
    )
    ra = models.ForeignKey(
        "districts.RegionalAuthority",
        models.PROTECT,
        verbose_name=_("Regional Authority"),
        null=True,
        blank=True,
        related_name="appointments",
    )
    district = models.ForeignKey(
        "districts.District",
        models.PROTECT,
        verbose_name=_("district"),
        null=True,
        blank=True,
        related_name="appointments",
    )
    seat = models.PositiveSmallIntegerField(
        _("seat in the committee"), null=True, blank=True
    )
    agency = models.ForeignKey(
        "districts.Agency",
        models.PROTECT,
        verbose_name=_("agency"),
        null=True,
        blank=True,
        related_name="+",
    )
    order_number = models.CharField(_("order number"), max_length=60, blank=True)
    since = models.DateField(_("from"), default=timezone.localdate)
    until = models.DateField(_("until (first day after)"), null=True, blank=True)
    appointed_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["role", "since", "pk"]
        constraints = [
            models.CheckConstraint(
                name="appointment_role_known", condition=Q(role__in=Role.values)
            ),
            models.CheckConstraint(
                name="appointment_place_fits_role",
                condition=Q(
                    role__in=sorted(NATIONAL), state=None, ra=None, district=None
                )
                | Q(
                    role=Role.STATE_OFFICER,
                    state__isnull=False,
                    ra=None,
                    district=None,
                )
                | Q(role=Role.RA_OFFICER, state=None, ra__isnull=False, district=None)
                | Q(
                    role__in=sorted(DISTRICT_ROLES),
                    state=None,
                    ra=None,
                    district__isnull=False,
                ),
                violation_error_message=_("Name the place that this role covers."),
            ),
            models.CheckConstraint(
                name="appointment_ends_after_it_starts",
                condition=Q(until=None) | Q(until__gt=F("since")),
                violation_error_message=_(
                    "An appointment cannot end before it starts."
                ),
            ),
            models.CheckConstraint(
                name="appointment_never_of_oneself",
                condition=Q(appointed_by=None) | ~Q(appointed_by=F("user")),
                violation_error_message=_("Nobody appoints themselves."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.place}"

    @property
    def place(self) -> str:
        """In the page's language."""
        if self.ra:
            return str(self.ra)
        where = self.district or self.state
        return local_name(where) if where else gettext("India")
