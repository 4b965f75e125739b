from django.db import migrations

from portal.db import Refuse

KEPT = [
    "user_id",
    "role",
    "COALESCE({row}.state_id, 0)",
    "COALESCE({row}.ra_id, 0)",
    "COALESCE({row}.district_id, 0)",
    "since",
    "COALESCE({row}.appointed_by_id, 0)",
]


def column(name: str, row: str) -> str:
    return name.format(row=row) if "{row}" in name else f"{row}.{name}"


CHANGED = " OR ".join(f"{column(c, 'OLD')} <> {column(c, 'NEW')}" for c in KEPT)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        Refuse(
            "Appointment",
            "accounts_appointment_only_ends",
            "UPDATE",
            CHANGED,
            "accounts_appointment may end, not change",
        ),
        Refuse(
            "Appointment",
            "accounts_appointment_no_delete",
            "DELETE",
            "TRUE",
            "accounts_appointment is never removed",
        ),
    ]
