"""Since when a family that waited for an event has its places."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("activities", "0018_who_came_besides")]

    operations = [
        migrations.AddField("enrolment", "moved_up_at", models.DateTimeField(null=True)),
    ]
