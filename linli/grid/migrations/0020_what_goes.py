"""What phones sent and is settled is found by an index: on a busy day there are ten thousands."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Coalesce

WAIT = "SET lock_timeout = 0"
INDEXES = [
    ("queued", models.Index(Coalesce("decided_at", "received_at"), condition=Q(state__in=["done", "anew", "dropped"]), name="grid_queued_to_forget")),
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
    dependencies = [("grid", "0019_whole_sheets")]
    operations = [
        migrations.RunSQL(WAIT, WAIT),
        *(step for table, index in INDEXES for step in made(table, index)),
        migrations.RunSQL("RESET lock_timeout", migrations.RunSQL.noop),
    ]
