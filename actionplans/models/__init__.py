"""Action plans, the committees that adopt them, and their progress."""

from actionplans.models.committee import (
    Attendance,
    Committee,
    Decision,
    Meeting,
    Seat,
    SeatKind,
)
from actionplans.models.consultation import Consultation, ConsultationComment
from actionplans.models.correction import Correction, Erratum
from actionplans.models.desk import FilledWorkbook, Reminder, Snooze
from actionplans.models.document import Document, DocumentRelease, Intake
from actionplans.models.escalation import Escalation
from actionplans.models.event import Check, PlanEvent, ReturnReason, Seal
from actionplans.models.evidence import Evidence
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
    InterventionUpdate,
    Reading,
    ReadingEntry,
    ReadingQuerySet,
    Report,
    Verification,
)
from actionplans.models.target import Horizon, Milestone, Target
from actionplans.models.words import ActionStatus, WhyNot

__all__ = [
    "ActionEntry",
    "ActionStatus",
    "Attendance",
    "Bottleneck",
    "Check",
    "Committee",
    "Consultation",
    "ConsultationComment",
    "Correction",
    "Decision",
    "Document",
    "DocumentRelease",
    "Erratum",
    "Escalation",
    "Evidence",
    "FilledWorkbook",
    "FundSource",
    "Horizon",
    "Indicator",
    "Intake",
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
    "ReadingQuerySet",
    "Reminder",
    "Report",
    "ReturnReason",
    "Seal",
    "Seat",
    "SeatKind",
    "SectionCode",
    "Snooze",
    "Target",
    "Verification",
    "WhyNot",
]
