"""Headers of kept answers are sealed with them. Answers kept before are given up, their keys are not."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("runtime", "0002_limits_unlogged")]

    operations = [
        migrations.RunSQL(
            "UPDATE runtime_idempotencykey SET body = NULL WHERE body IS NOT NULL",
            migrations.RunSQL.noop,
            elidable=True,
        ),
        migrations.RemoveField("idempotencykey", "headers"),
    ]
