"""Action plans, the committees that adopt them, and their progress."""

from actionplans.models.committee import (
    Attendance,
    Committee,
    Decision,
    Document,
    Meeting,
    Seat,
    SeatKind,
)
from actionplans.models.event import Check, PlanEvent, ReturnReason, Seal
from actionplans.models.indicator import FundSource, Indicator
from actionplans.models.parts import (
    Bottleneck,
    Intervention,
    Line,
    PlanProduct,
    PlanSection,
    SectionCode,
)
from actionplans.models.plan import Plan, PlanQuerySet
from actionplans.models.progress import (
    ActionEntry,
    ActionStatus,
    InterventionUpdate,
    Reading,
    ReadingEntry,
    Report,
    Verification,
    WhyNot,
)
from actionplans.models.target import Horizon, Milestone, Target

__all__ = [
    "ActionEntry",
    "ActionStatus",
    "Attendance",
    "Bottleneck",
    "Check",
    "Committee",
    "Decision",
    "Document",
    "FundSource",
    "Horizon",
    "Indicator",
    "Intervention",
    "InterventionUpdate",
    "Line",
    "Meeting",
    "Milestone",
    "Plan",
    "PlanEvent",
    "PlanProduct",
    "PlanQuerySet",
    "PlanSection",
    "Reading",
    "ReadingEntry",
    "Report",
    "ReturnReason",
    "Seal",
    "Seat",
    "SeatKind",
    "SectionCode",
    "Target",
    "Verification",
    "WhyNot",
]
