from django.db import migrations

from portal.db import AppendOnly, FrozenWhen, Refuse

REPORT_FILED = """EXISTS (
    SELECT 1 FROM actionplans_report r
    WHERE r.id = {row}.report_id AND r.filed_on IS NOT NULL
)"""
OF_ANOTHER_DISTRICT = """NOT EXISTS (
    SELECT 1 FROM actionplans_report r JOIN actionplans_line l
    ON l.district_id = r.district_id
    WHERE r.id = NEW.report_id AND l.id = NEW.line_id
)"""
OF_NO_BOTTLENECK = """NOT EXISTS (
    SELECT 1 FROM actionplans_line l WHERE l.id = NEW.line_id
    AND l.kind = 'bottleneck' AND l.district_id = NEW.district_id
)"""


class Migration(migrations.Migration):
    dependencies = [("actionplans", "0003_desk_of_the_ra")]
    operations = [
        AppendOnly("Escalation"),
        Refuse(
            "Escalation",
            "actionplans_escalation_of_a_bottleneck",
            "INSERT",
            OF_NO_BOTTLENECK,
            "actionplans_escalation is of a bottleneck of its district",
        ),
        FrozenWhen("Evidence", REPORT_FILED, own=True),
        Refuse(
            "Evidence",
            "actionplans_evidence_of_its_district",
            "INSERT",
            OF_ANOTHER_DISTRICT,
            "actionplans_evidence stands behind a line of its district",
        ),
        AppendOnly("Reminder"),
    ]
