from django.db import migrations

from portal.db import NoOverlap


class Migration(migrations.Migration):
    dependencies = [("districts", "0001_initial")]
    operations = [NoOverlap("Jurisdiction", ["district_id"])]
