"""What the hall sent and is over is found by an index: its numbers stay."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

WAIT = "SET lock_timeout = 0"
INDEXES = [
    ("hallapplication", models.Index(fields=["came_at"], condition=Q(row__isnull=False), name="hallapplication_to_forget")),
    ("hallchange", models.Index(fields=["came_at"], condition=Q(row__isnull=False), name="hallchange_to_forget")),
]


def made(table: str, index: models.Index) -> list[migrations.operations.base.Operation]:
    """Return what drops the half of an index that an attempt before left, and makes it whole."""
    return [
        migrations.RunSQL(f"DROP INDEX CONCURRENTLY IF EXISTS {index.name}", migrations.RunSQL.noop),
        AddIndexConcurrently(table, index),
    ]


class Migration(migrations.Migration):
    # about a second per million rows of a table; writers go on meanwhile
    atomic = False
    dependencies = [("exchange", "0014_renewed_numbers")]
    operations = [
        migrations.RunSQL(WAIT, WAIT),
        *(step for table, index in INDEXES for step in made(table, index)),
        migrations.RunSQL("RESET lock_timeout", migrations.RunSQL.noop),
    ]
