"""When something was last entered for a storm, and when its office was asked whether it is over."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("grid", "0014_word_lapsed")]

    operations = [
        migrations.AddField("storm", "touched_on", models.DateField(null=True)),
        migrations.AddField("storm", "asked_on", models.DateField(null=True)),
    ]
