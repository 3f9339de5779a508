"""When something was last entered for a storm, and when its office was asked whether it is over."""

from __future__ import annotations

from django.db import migrations, models
from django.utils.timezone import localdate


def start_counting_today(apps, schema_editor):  # type: ignore[no-untyped-def]
    """Nobody knows when something was last entered for a storm under way: its quiet days begin today."""
    apps.get_model("grid", "Storm").objects.filter(ended_on=None).update(touched_on=localdate())


class Migration(migrations.Migration):
    dependencies = [("grid", "0014_word_lapsed")]

    operations = [
        migrations.AddField("storm", "touched_on", models.DateField(null=True)),
        migrations.AddField("storm", "asked_on", models.DateField(null=True)),
        migrations.RunPython(start_counting_today, migrations.RunPython.noop),
    ]
