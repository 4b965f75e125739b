"""What officials choose for themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailRhythm(models.TextChoices):
    DAILY = "daily", _("Daily, if there is something to remind of")
    WEEKLY = "weekly", _("Weekly, on Mondays")
