"""Classifications: the Harmonized System and the classes of services."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

CHAPTER_DIGITS, HEADING_DIGITS, SUBHEADING_DIGITS = 2, 4, 6


class HSCode(models.Model):
    """A section, chapter, heading or subheading of the Harmonized System 2022.

    `code` is the roman numeral of a section, else two, four or six digits.
    """

    code = models.CharField(_("code"), max_length=6, unique=True)
    description = models.TextField(_("description"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )

    class Meta:
        verbose_name = _("HS code")
        verbose_name_plural = _("HS codes")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code

    def get_absolute_url(self) -> str:
        return reverse("hs-code", args=[self.code])

    @property
    def title(self) -> str:
        """What it is called where it stands alone."""
        if not self.code[0].isdigit():
            return gettext("Section %(code)s") % {"code": self.code}
        if len(self.code) == CHAPTER_DIGITS:
            return gettext("Chapter %(code)s") % {"code": self.code}
        return gettext("HS %(code)s") % {"code": self.code}


class ServiceCategory(models.Model):
    """A class of services in one of the public classifications."""

    code = models.CharField(_("code"), max_length=10, unique=True)
    name = models.CharField(_("name"), max_length=200)
    scheme = models.CharField(_("classification"), max_length=80)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    source = models.CharField(_("source"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("service category")
        verbose_name_plural = _("service categories")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("services", fragment=self.anchor)

    @property
    def anchor(self) -> str:
        """Its place on the page of services."""
        return f"class-{self.code}"
