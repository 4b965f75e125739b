from django.db import migrations

from portal.db import AppendOnly


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial")]
    operations = [AppendOnly("Change")]
