"""What a report says in words of its own: why a figure is missing, how far work is."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class WhyNot(models.TextChoices):
    """Why a figure is not available."""

    NOT_REPORTED = "not_reported", _("The source has not reported yet")
    NOT_COLLECTED = "not_collected", _("Nobody collects it in this district")
    NOT_STARTED = "not_started", _("The work has not begun")
    DISPUTED = "disputed", _("The sources disagree")
    OTHER = "other", _("Other, see the note")


class ActionStatus(models.TextChoices):
    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    ON_HOLD = "on_hold", _("On hold")
    COMPLETED = "completed", _("Completed")
    DROPPED = "dropped", _("Dropped")
