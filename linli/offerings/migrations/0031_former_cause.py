"""What was asked about something that one receives before a death outweighed it."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offerings", "0030_one_draft_again")]

    operations = [
        migrations.AddField(
            "benefit", "cause_before", models.CharField(blank=True, default="", max_length=8),
            preserve_default=False,
        ),
        migrations.AddField("benefit", "cause_before_on", models.DateField(null=True)),
    ]
