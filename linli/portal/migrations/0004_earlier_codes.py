"""The codes of feedback from before it had a number."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0003_feedback_told"),
        ("cases", "0015_fill_signs_of_words"),
    ]

    operations = [
        migrations.CreateModel(
            name="EarlierCode",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, primary_key=True,
                        related_name="+", serialize=False, to="cases.case",
                    ),
                ),
                ("digest", models.BinaryField(unique=True)),
            ],
        ),
    ]  # fmt: skip
