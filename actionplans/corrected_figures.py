"""Filed figures that are put right, and the check of what another office put right.

The Regional Authority or the convener corrects a filed figure. What the convener
corrected waits until the Regional Authority verifies it, as filing verified the rest.
"""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from actionplans.merging import FIGURE, Values
from actionplans.models import Reading, ReadingQuerySet, Verification
from actionplans.reporting import ReportBlocked, acting
from districts.models import District
from portal.accounts.models import User
from portal.models import DataVersion
from portal.rules import RULES
from portal.terms import Action, Role

# Whose figures are as good as verified; headquarters stands in for an office.
VERIFIERS = (*RULES[Action.VERIFY].who, Role.HQ_OFFICER)


def unverified() -> ReadingQuerySet:
    """Current figures that another office put right and nobody has verified yet."""
    # A key above nothing, rather than any, finds the few corrections by their index.
    rows = Reading.objects.filter(supersedes__gt=0).current()
    return rows.filter(verification=None).exclude(entered_by__role__in=VERIFIERS)


def waiting_for(user: User, district: District) -> ReadingQuerySet:
    """Those of the district that somebody else than the user put right, in order."""
    rows = unverified().filter(line__district=district)
    return rows.exclude(entered_by__user=user).order_by("quarter", "pk")


def obstacle(reading: Reading, user: User) -> str:
    """Why the user cannot verify the figure, in a sentence, or nothing."""
    if reading.entered_by.user_id == user.pk:
        return _("Somebody else has to verify what you corrected.")
    if hasattr(reading, "superseded_by"):
        return _("This figure was corrected again meanwhile.")
    if hasattr(reading, "verification"):
        return _("This figure was verified already.")
    return ""


@transaction.atomic
def correct(reading: Reading, values: Values, *, by: User, because: str) -> Reading:
    """Append a reading that supersedes a filed one, which stays on record."""
    district = reading.line.district
    appointment = acting(by, Action.CORRECT_FIGURE, district)
    # Whoever comes second waits here, and then finds the first correction.
    Reading.objects.select_for_update().get(pk=reading.pk)
    if Reading.objects.filter(supersedes=reading).exists():
        raise ReportBlocked(
            _(
                "Somebody corrected this figure meanwhile: look at what stands there"
                " now before you correct it again."
            )
        )
    corrected = Reading(
        **{name: values[name] for name in FIGURE},
        line=reading.line,
        quarter=reading.quarter,
        as_on=reading.as_on,
        report=reading.report,
        entered_by=appointment,
        supersedes=reading,
    )
    corrected.note = because
    corrected.save(force_insert=True)
    DataVersion.rise()
    return corrected


@transaction.atomic
def verify(reading: Reading, *, by: User) -> Verification:
    """That a figure, corrected by another person, was checked.

    Errors: PermissionDenied; ReportBlocked if it was corrected or verified meanwhile,
    or by the same person.
    """
    appointment = acting(by, Action.VERIFY, reading.line.district)
    locked = Reading.objects.select_for_update(of=("self",))
    row = locked.select_related("entered_by").get(pk=reading.pk)
    if sentence := obstacle(row, by):
        raise ReportBlocked(sentence)
    try:
        with transaction.atomic():
            made = Verification.objects.create(reading=row, appointment=appointment)
    except IntegrityError as error:
        raise ReportBlocked(_("This figure was verified already.")) from error
    DataVersion.rise()
    return made
