"""Everything that is given out as data, in the order in which it is told."""

from __future__ import annotations

from actionplans.twins.consultation import CONSULTATION
from actionplans.twins.district import DISTRICT
from actionplans.twins.interventions import INTERVENTIONS
from actionplans.twins.lists import CONSULTATIONS, SEARCH, SOURCES
from actionplans.twins.offices import AUTHORITIES, STATES
from actionplans.twins.places import DISTRICTS
from actionplans.twins.plan import CHANGES, PLAN
from actionplans.twins.plans import EVENTS, PLANS
from actionplans.twins.readings import READINGS
from actionplans.twins.records import AUTHORITY, PRODUCT, STATE
from actionplans.twins.targets import TARGETS
from districts.datasets import (
    COUNTS,
    DISTRICT_PRODUCTS,
    FACTS,
    FIGURES,
    HS_CODES,
    JURISDICTIONS,
    PRODUCTS,
    SUCCESSIONS,
)

# Each is the twin of the page of the same name, and narrowed as that is.
LISTS = (
    DISTRICTS,
    STATES,
    AUTHORITIES,
    PRODUCTS,
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
)
# Each is the twin of the page of the same name.
RECORDS = (DISTRICT, PLAN, CHANGES, CONSULTATION, STATE, AUTHORITY, PRODUCT)
