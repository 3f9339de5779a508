"""The reason of a waiver stands with its row alone. No release knew the column that goes."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("offerings", "0036_waivers_in_rows")]

    operations = [migrations.RemoveField(model_name="application", name="waived_why")]
