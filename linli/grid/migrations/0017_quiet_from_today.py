"""Nobody knows when something was last entered for a storm under way: its quiet days begin with the update."""

from __future__ import annotations

from django.db import migrations
from django.utils.timezone import localdate


def start_counting_today(apps, schema_editor):  # type: ignore[no-untyped-def]
    storms = apps.get_model("grid", "Storm").objects
    storms.filter(ended_on=None, touched_on=None).update(touched_on=localdate())


class Migration(migrations.Migration):
    dependencies = [("grid", "0016_own_codes_of_words")]

    operations = [migrations.RunPython(start_counting_today, migrations.RunPython.noop)]
