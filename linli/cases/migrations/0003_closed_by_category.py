"""Closed cases of one category, newest first: 0.6 to 0.9 s per million cases for each of three, beside the work."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

INDEXES = [
    models.Index(
        fields=[f"{level}_id", "category", "-opened_at", "-id"],
        name=f"cases_closed_{level}",
        condition=Q(is_open=False),
    )
    for level in ("city", "town", "village")
]


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("cases", "0002_events_states_signs")]
    operations = [
        migrations.RunSQL("SET lock_timeout = 0", "SET lock_timeout = 0"),
        *(
            operation
            for index in INDEXES
            for operation in (
                migrations.RunSQL(
                    f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}", migrations.RunSQL.noop
                ),
                AddIndexConcurrently("case", index),
            )
        ),
        migrations.RunSQL("RESET lock_timeout", migrations.RunSQL.noop),
    ]
