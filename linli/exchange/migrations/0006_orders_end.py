"""A number to pay under has a last day, after which it runs out."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exchange", "0005_payments")]

    operations = [
        migrations.AddField("payorder", "last_day", models.DateField(null=True)),
        migrations.RemoveConstraint("payorder", "payorder_state_known"),
        migrations.AddConstraint(
            "payorder",
            models.CheckConstraint(
                name="payorder_state_known",
                condition=models.Q(("state__in", ["open", "paid", "closed", "expired"])),
            ),
        ),
        migrations.AddIndex(
            "payorder",
            models.Index(
                condition=models.Q(("state", "open")), fields=["last_day"], name="payorder_ends"
            ),
        ),
    ]
