"""Doors name whom they saw, so that two of them count nobody twice."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("activities", "0009_strikes"),
    ]

    operations = [
        migrations.AddField(
            model_name="attendance",
            name="lowered_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="attendance",
            name="who",
            field=models.PositiveSmallIntegerField(default=0, db_default=0),
        ),
    ]
