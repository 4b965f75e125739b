"""Everything that is given out as data, in the order in which it is told."""

from __future__ import annotations

from actionplans.twins.consultation import CONSULTATION
from actionplans.twins.district import DISTRICT
from actionplans.twins.goods import HS, HS_CODE, SECTOR, SECTORS, SERVICES
from actionplans.twins.interventions import INTERVENTIONS
from actionplans.twins.lists import CONSULTATIONS, SOURCES
from actionplans.twins.offices import AUTHORITIES, STATES
from actionplans.twins.places import DISTRICTS
from actionplans.twins.plan import CHANGES, PLAN
from actionplans.twins.plans import ADOPTED, EVENTS, PLANS
from actionplans.twins.product import PRODUCT
from actionplans.twins.readings import READINGS
from actionplans.twins.records import AUTHORITY, STATE
from actionplans.twins.search import SEARCH
from actionplans.twins.targets import TARGETS
from districts.datasets import (
    COUNTS,
    DISTRICT_PRODUCTS,
    FACTS,
    FIGURES,
    HS_CODES,
    JURISDICTIONS,
    PRODUCTS,
    SERVICE_CLASSES,
    SUCCESSIONS,
)

# Each is the twin of the page of the same name, and narrowed as that is.
LISTS = (
    DISTRICTS,
    STATES,
    AUTHORITIES,
    PRODUCTS,
    SECTORS,
    SERVICES,
    HS,
    ADOPTED,
    CONSULTATIONS,
    SEARCH,
    SOURCES,
)
# Whole tables that no page shows at once, under /data/.
TABLES = (
    TARGETS,
    READINGS,
    INTERVENTIONS,
    PLANS,
    EVENTS,
    DISTRICT_PRODUCTS,
    FACTS,
    FIGURES,
    COUNTS,
    JURISDICTIONS,
    SUCCESSIONS,
    HS_CODES,
    SERVICE_CLASSES,
)
# Each is the twin of the page of the same name.
RECORDS = (
    DISTRICT,
    PLAN,
    CHANGES,
    CONSULTATION,
    STATE,
    AUTHORITY,
    PRODUCT,
    SECTOR,
    HS_CODE,
)
