"""Contacts and doors of visits, and what nobody receives any more, are found by an index when their term is over."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

WAIT = "SET lock_timeout = 0"
INDEXES = [
    ("appointment", models.Index(fields=["ends_at", "id"], condition=Q(contact__isnull=False) | Q(origin_mark__isnull=False), name="offerings_visits_to_forget")),
    ("benefit", models.Index(fields=["decided_on"], condition=Q(state__in=["stopped", "over"]), name="offerings_benefit_to_forget")),
    ("homevisit", models.Index(fields=["asked_at"], condition=Q(door__isnull=False), name="offerings_doors_to_forget")),
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
    dependencies = [("offerings", "0038_mandates_from_outside")]
    operations = [
        migrations.RunSQL(WAIT, WAIT),
        *(step for table, index in INDEXES for step in made(table, index)),
        migrations.RunSQL("RESET lock_timeout", migrations.RunSQL.noop),
    ]
