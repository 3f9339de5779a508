"""A home entered by mistake is struck; a storm says into which one of a wider place it went."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

STATES = ["named", "stays", "moved", "back", "struck"]


class Migration(migrations.Migration):
    dependencies = [("grid", "0020_what_goes")]

    operations = [
        migrations.AddField(
            "stormhome", "why", models.CharField(max_length=120, blank=True, db_default="")
        ),
        migrations.AddField(
            "storm",
            "went_into",
            models.ForeignKey(
                "grid.storm",
                django.db.models.deletion.PROTECT,
                null=True,
                related_name="+",
                db_index=False,
            ),
        ),
        migrations.RemoveConstraint("stormhome", "grid_home_state_known"),
        migrations.AddConstraint(
            "stormhome",
            models.CheckConstraint(
                name="grid_home_state_known", condition=models.Q(("state__in", STATES))
            ),
        ),
    ]
