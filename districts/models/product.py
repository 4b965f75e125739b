"""What districts make: the catalogue, and who makes what."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from districts.models.code import HSCode, ServiceCategory
from districts.models.state import District, State
from portal.fields import HundredthsField


class Sector(models.TextChoices):
    AGRICULTURE = "agriculture", _("Agriculture")
    CHEMICALS = "chemicals", _("Chemicals")
    DAIRY = "dairy-livestock", _("Dairy & livestock")
    ELECTRONICS = "electronics", _("Electronics")
    ENGINEERING = "engineering", _("Engineering")
    FOOD = "food-processing", _("Food processing")
    GEMS = "gems-jewellery", _("Gems & jewellery")
    HANDICRAFT = "handicraft", _("Handicraft")
    HANDLOOM = "handloom", _("Handloom")
    HORTICULTURE = "horticulture", _("Horticulture")
    LEATHER = "leather", _("Leather")
    MARINE = "marine", _("Marine")
    METALS = "metals-minerals", _("Metals & minerals")
    OTHER = "other", _("Other")
    PHARMA = "pharma-herbal", _("Pharma & herbal")
    SPICES = "plantation-spices", _("Plantation & spices")
    PLASTICS = "plastics-rubber", _("Plastics & rubber")
    SERVICES = "services", _("Services")
    TEXTILES = "textiles", _("Textiles")
    WOOD = "wood-paper-bamboo", _("Wood, paper & bamboo")


class GIRegistration(models.Model):
    """A registered geographical indication. It belongs to a product and its States."""

    number = models.PositiveIntegerField(_("GI number"))
    name = models.CharField(_("name"), max_length=120)
    goods_type = models.CharField(_("kind of goods"), max_length=40)
    states = models.ManyToManyField(State, related_name="gi_registrations", blank=True)
    districts = models.ManyToManyField(
        District, related_name="gi_registrations", blank=True
    )
    district_basis = models.CharField(max_length=60, blank=True)
    source = models.CharField(_("source"), max_length=60)

    class Meta:
        verbose_name = _("geographical indication")
        verbose_name_plural = _("geographical indications")
        ordering = ["number", "name"]
        constraints = [
            models.UniqueConstraint(name="gi_once", fields=["number", "name"]),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.number})"


class Product(models.Model):
    """One product or service in the land, whatever its many names.

    `other_names` are vernacular names and synonyms, parted by "|". A vague trade word
    (`is_general`) is ranked last in search.
    """

    class Kind(models.TextChoices):
        GOODS = "goods", _("Goods")
        SERVICE = "service", _("Service")

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=80)
    name_hi = models.CharField(_("name in Hindi"), max_length=120, blank=True)
    other_names = models.TextField(_("other names"), blank=True)
    kind = models.CharField(_("kind"), max_length=7, choices=Kind)
    sector = models.CharField(_("sector"), max_length=20, choices=Sector)
    hs_codes = models.ManyToManyField(
        HSCode, verbose_name=_("HS codes"), related_name="products", blank=True
    )
    service_category = models.ForeignKey(
        ServiceCategory,
        models.PROTECT,
        verbose_name=_("service category"),
        null=True,
        blank=True,
        related_name="products",
    )
    variety_of = models.ForeignKey(
        "self",
        models.PROTECT,
        verbose_name=_("variety of"),
        null=True,
        blank=True,
        related_name="varieties",
    )
    gi_number = models.PositiveIntegerField(_("GI number"), null=True, blank=True)
    is_general = models.BooleanField(_("general trade word"), default=False)
    notes = models.TextField(_("notes"), blank=True)

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="product_kind_known", condition=Q(kind__in=["goods", "service"])
            ),
            models.CheckConstraint(
                name="product_sector_known", condition=Q(sector__in=Sector.values)
            ),
            models.CheckConstraint(
                name="product_no_variety_of_itself",
                condition=Q(variety_of=None) | ~Q(variety_of=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("product", args=[self.slug])

    @property
    def other_name_list(self) -> list[str]:
        return [name for name in self.other_names.split("|") if name]


class DistrictProductQuerySet(models.QuerySet["DistrictProduct"]):
    def current(self) -> DistrictProductQuerySet:
        """What living districts name today."""
        living = District.objects.living().order_by()
        return self.filter(until=None, district__in=living)


class DistrictProduct(models.Model):
    """A product that a district has identified for export.

    `since` is the day on which it was identified, as far as the record says; `until`
    the first day on which the district no longer names it.
    """

    class Exported(models.TextChoices):
        UNKNOWN = "", _("Not recorded")
        EXPORTED = "exported", _("Exported already")
        POTENTIAL = "potential", _("Could be exported")

    class Rating(models.TextChoices):
        UNKNOWN = "", _("Not rated")
        HIGH = "high", _("High")
        MEDIUM = "medium", _("Medium")
        LOW = "low", _("Low")

    district = models.ForeignKey(District, models.PROTECT, related_name="products")
    product = models.ForeignKey(
        Product, models.PROTECT, verbose_name=_("product"), related_name="places"
    )
    since = models.DateField(_("identified on"), null=True, blank=True)
    until = models.DateField(_("until (first day after)"), null=True, blank=True)
    is_thrust = models.BooleanField(_("thrust product"), default=False)
    exported = models.CharField(
        _("export status"), max_length=10, choices=Exported, blank=True
    )
    potential = models.CharField(
        _("export potential"), max_length=6, choices=Rating, blank=True
    )
    potential_reason = models.CharField(
        _("reason for the rating"), max_length=300, blank=True
    )

    objects = DistrictProductQuerySet.as_manager()

    class Meta:
        verbose_name = _("product of a district")
        verbose_name_plural = _("products of districts")
        ordering = ["-is_thrust", "product__name"]
        constraints = [
            models.UniqueConstraint(
                name="districtproduct_once",
                fields=["district", "product"],
                violation_error_message=_("The district names this product already."),
            ),
            models.CheckConstraint(
                name="districtproduct_rating_with_reason",
                condition=Q(potential="") | ~Q(potential_reason=""),
                violation_error_message=_("Say why the potential is rated so."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.product}, {self.district}"


class Naming(models.Model):
    """The words with which one source names a product of a district."""

    class Scheme(models.TextChoices):
        DEH = "DEH", _("Districts as Export Hubs")
        ODOP = "ODOP", _("One District One Product")
        PMFME = "PMFME", _("PM Formalisation of Micro Food Processing Enterprises")
        GI = "GI", _("Geographical indication")

    class Confidence(models.TextChoices):
        HIGH = "high", _("High")
        MEDIUM = "medium", _("Medium")
        LOW = "low", _("Low")

    place = models.ForeignKey(DistrictProduct, models.CASCADE, related_name="namings")
    scheme = models.CharField(_("scheme"), max_length=6, choices=Scheme)
    wording = models.CharField(_("wording of the source"), max_length=300)
    rank = models.CharField(_("rank"), max_length=10, blank=True)
    is_gi_tagged = models.BooleanField(_("named as GI by the source"), null=True)
    ministry = models.CharField(_("ministry"), max_length=80, blank=True)
    confidence = models.CharField(
        _("confidence of our reading"), max_length=6, choices=Confidence
    )
    source = models.CharField(_("source"), max_length=20)

    class Meta:
        verbose_name = _("naming")
        verbose_name_plural = _("namings")
        ordering = ["scheme", "source", "wording"]
        constraints = [
            models.UniqueConstraint(
                name="naming_once",
                fields=["place", "scheme", "wording", "rank", "source"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}: {self.wording}"


class PotentialFact(models.Model):
    """One thing known about a product of a district, with its day and its source.

    `amount` counts hundredths of `unit` (of a rupee for exports); facts that are not
    numbers (markets, certifications, clusters) stand in `text`.
    """

    class Kind(models.TextChoices):
        PRODUCTION = "production", _("Production")
        EXPORTS = "exports", _("Exports")
        UNITS = "units", _("Units")
        WORKERS = "workers", _("Workers")
        MARKETS = "markets", _("Main markets")
        CERTIFICATIONS = "certifications", _("Certifications")
        CLUSTERS = "clusters", _("Clusters")

    place = models.ForeignKey(DistrictProduct, models.PROTECT, related_name="facts")
    kind = models.CharField(_("fact"), max_length=15, choices=Kind)
    amount = HundredthsField(_("amount"), null=True, blank=True)
    unit = models.CharField(_("unit"), max_length=30, blank=True)
    text = models.CharField(_("in words"), max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(
        _("financial year beginning"), null=True, blank=True
    )
    as_on = models.DateField(_("as on"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("fact of export potential")
        verbose_name_plural = _("facts of export potential")
        ordering = ["kind", "-as_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="potentialfact_says_something",
                condition=Q(amount__isnull=False) | ~Q(text=""),
                violation_error_message=_("Give the number, or say it in words."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.place}"
