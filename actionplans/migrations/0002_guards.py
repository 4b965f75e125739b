from django.db import migrations

from portal.db import AppendOnly, FrozenWhen, NeverRemoved, Refuse, StatusAlong

# Written out, so that this migration stays what it was when the rules change; a test
# compares the latest of these with portal.rules.
MOVES = [
    ("adopted", "annulled"),
    ("adopted", "published"),
    ("assessed", "adopted"),
    ("assessed", "draft"),
    ("assessed", "recorded"),
    ("draft", "discarded"),
    ("draft", "under_assessment"),
    ("published", "annulled"),
    ("published", "superseded"),
    ("recorded", "adopted"),
    ("recorded", "assessed"),
    ("superseded", "published"),
    ("superseded", "unstructured"),
    ("transcribed", "annulled"),
    ("transcribed", "published"),
    ("transcribed", "superseded"),
    ("transcribed", "unstructured"),
    ("under_assessment", "assessed"),
    ("under_assessment", "draft"),
    ("unstructured", "annulled"),
    ("unstructured", "superseded"),
    ("unstructured", "transcribed"),
]
FIRST = ["draft", "unstructured"]
PLAN_LEFT_DRAFT = """EXISTS (
    SELECT 1 FROM actionplans_plan p WHERE p.id = {row}.plan_id
    AND p.status NOT IN ('draft', 'unstructured')
)"""
TARGET_LEFT_DRAFT = """EXISTS (
    SELECT 1 FROM actionplans_target t JOIN actionplans_plan p ON p.id = t.plan_id
    WHERE t.id = {row}.target_id AND p.status NOT IN ('draft', 'unstructured')
)"""
ACTION_LEFT_DRAFT = """EXISTS (
    SELECT 1 FROM actionplans_intervention i JOIN actionplans_plan p ON p.id = i.plan_id
    WHERE i.id = {row}.intervention_id AND p.status NOT IN ('draft', 'unstructured')
)"""
REPORT_FILED = """EXISTS (
    SELECT 1 FROM actionplans_report r
    WHERE r.id = {row}.report_id AND r.filed_on IS NOT NULL
)"""
DECISION_USED = """EXISTS (
    SELECT 1 FROM actionplans_planevent e WHERE e.decision_id = {row}.id
)"""
MEETING_USED = """EXISTS (
    SELECT 1 FROM actionplans_decision d
    JOIN actionplans_planevent e ON e.decision_id = d.id
    WHERE d.meeting_id = {row}.%s
)"""
PLAN_CHANGED = """OLD.status NOT IN ('draft', 'unstructured') AND (
    OLD.district_id <> NEW.district_id OR OLD.year_from <> NEW.year_from
    OR OLD.year_to <> NEW.year_to OR OLD.prepared_by <> NEW.prepared_by
    OR OLD.products_reason <> NEW.products_reason
    OR COALESCE(OLD.amends_id, 0) <> COALESCE(NEW.amends_id, 0)
    OR (OLD.structured AND NOT NEW.structured)
)"""
PLAN_RENAMED = """
    (OLD.number IS NOT NULL AND OLD.number <> COALESCE(NEW.number, 0))
    OR (OLD.document_id IS NOT NULL
        AND OLD.document_id <> COALESCE(NEW.document_id, 0))
"""
MEETING_MOVED = f"""(
    OLD.held_on <> NEW.held_on OR OLD.number <> NEW.number
    OR OLD.committee_id <> NEW.committee_id
    OR COALESCE(OLD.quorum, 0) <> COALESCE(NEW.quorum, 0)
) AND {(MEETING_USED % "id").format(row="OLD")}"""
OTHER_LINE = """NEW.supersedes_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM actionplans_reading r WHERE r.id = NEW.supersedes_id
    AND r.line_id = NEW.line_id AND r.quarter = NEW.quarter
)"""
DECIDED = "{row}.status <> 'waiting'"
OTHER_STEP = """NEW.replaces_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM actionplans_planevent e WHERE e.id = NEW.replaces_id
    AND e.plan_id = NEW.plan_id AND e.action = NEW.action
    AND e.before = NEW.before AND e.after = NEW.after
)"""
SAID_OTHERWISE = """OLD.text <> NEW.text OR OLD.section <> NEW.section
    OR OLD.standing <> NEW.standing OR OLD.received_at <> NEW.received_at
    OR OLD.consultation_id <> NEW.consultation_id
    OR COALESCE(OLD.said_by_id, 0) <> COALESCE(NEW.said_by_id, 0)"""


class Migration(migrations.Migration):
    dependencies = [("actionplans", "0001_initial")]
    operations = [
        StatusAlong("Plan", FIRST, MOVES),
        Refuse(
            "Plan",
            "actionplans_plan_frozen_update",
            "UPDATE",
            PLAN_CHANGED,
            "actionplans_plan is frozen",
        ),
        Refuse(
            "Plan",
            "actionplans_plan_keeps_number",
            "UPDATE",
            PLAN_RENAMED,
            "actionplans_plan keeps its number and its document",
        ),
        Refuse(
            "Plan",
            "actionplans_plan_no_delete",
            "DELETE",
            "TRUE",
            "actionplans_plan is never removed",
        ),
        *[
            FrozenWhen(part, PLAN_LEFT_DRAFT)
            for part in [
                "PlanSection",
                "PlanProduct",
                "Bottleneck",
                "Intervention",
                "Target",
            ]
        ],
        FrozenWhen("Milestone", TARGET_LEFT_DRAFT),
        FrozenWhen("Intervention_supporting", ACTION_LEFT_DRAFT),
        FrozenWhen("Intervention_targets", ACTION_LEFT_DRAFT),
        FrozenWhen("Report", "{row}.filed_on IS NOT NULL", own=True),
        FrozenWhen("ReadingEntry", REPORT_FILED),
        FrozenWhen("ActionEntry", REPORT_FILED),
        FrozenWhen("Decision", DECISION_USED, own=True),
        FrozenWhen("Attendance", MEETING_USED % "meeting_id"),
        Refuse(
            "Meeting",
            "actionplans_meeting_frozen_update",
            "UPDATE",
            MEETING_MOVED,
            "actionplans_meeting is frozen",
        ),
        *[
            AppendOnly(model)
            for model in [
                "Consultation",
                "Document",
                "DocumentRelease",
                "InterventionUpdate",
                "Line",
                "PlanEvent",
                "Reading",
                "Seal",
                "Verification",
            ]
        ],
        *[FrozenWhen(m, DECIDED, own=True) for m in ["Correction", "Erratum"]],
        Refuse(
            "PlanEvent",
            "actionplans_planevent_replaces_its_like",
            "INSERT",
            OTHER_STEP,
            "actionplans_planevent replaces the same step of the same plan",
        ),
        Refuse(
            "ConsultationComment",
            "actionplans_consultationcomment_said_once",
            "UPDATE",
            SAID_OTHERWISE,
            "actionplans_consultationcomment keeps what was said",
        ),
        NeverRemoved("ConsultationComment"),
        Refuse(
            "Reading",
            "actionplans_reading_same_line",
            "INSERT",
            OTHER_LINE,
            "actionplans_reading corrects its own line and quarter",
        ),
    ]
