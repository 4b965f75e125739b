"""The addresses of all twins. They have no language: both pages share one.

A list or record gets its twin by a line here and its place in the catalogue.
"""

from django.urls import path, register_converter

from actionplans.product_parts import PRODUCT_PARTS
from actionplans.twins.catalogue import LISTS, TABLES
from actionplans.twins.consultation import CONSULTATION
from actionplans.twins.district import DISTRICT
from actionplans.twins.goods import HS_CODE, SECTOR
from actionplans.twins.package import datapackage
from actionplans.twins.plan import CHANGES, PLAN
from actionplans.twins.product import LISTS_OF_PRODUCTS, PRODUCT
from actionplans.twins.records import AUTHORITY, STATE
from districts.converters import HSCodeConverter, SectorConverter
from portal.twins import of_record, of_table

register_converter(HSCodeConverter, "hs")
register_converter(SectorConverter, "sector")

PLACE = "districts/<slug:state>/<slug:district>"

urlpatterns = [
    *[twin for dataset in LISTS for twin in of_table(dataset.name, dataset)],
    of_record("states/<slug:slug>", STATE),
    of_record("regional-authorities/<slug:slug>", AUTHORITY),
    of_record("products/<slug:slug>", PRODUCT),
    *[
        twin
        for slug, part in PRODUCT_PARTS.items()
        for twin in of_table(
            f"products/<slug:slug>/{slug}",
            LISTS_OF_PRODUCTS[slug],
            "product-part",
            part=part,
        )
    ],
    of_record("hs/<hs:code>", HS_CODE),
    of_record("sectors/<sector:sector>", SECTOR),
    of_record(PLACE, DISTRICT),
    of_record(f"{PLACE}/plan", PLAN),
    of_record(f"{PLACE}/plan/<int:number>", PLAN, "plan-version"),
    of_record(f"{PLACE}/plan/<int:number>/changes", CHANGES),
    of_record(f"{PLACE}/consultation", CONSULTATION),
    path("data/datapackage.json", datapackage, name="datapackage"),
    *[
        twin
        for table in TABLES
        for twin in of_table(f"data/{table.name}", table, f"data-{table.name}")
    ],
]
