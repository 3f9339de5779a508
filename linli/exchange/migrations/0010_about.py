"""Waiting orders and rows of lists know whom their words accuse, and are kept from them."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models

TABLES = ("hotlineorder", "orderline")


class Migration(migrations.Migration):
    dependencies = [("exchange", "0009_no_index_twice")]

    operations = [
        *(
            migrations.AddField(table, "about_post_id", models.BigIntegerField(null=True))
            for table in TABLES
        ),
        *(
            migrations.AddField(
                table, "about_more", ArrayField(models.BigIntegerField(), null=True)
            )
            for table in TABLES
        ),
    ]
