"""Names and words whose term is over are found by an index: what is emptied stays among them for ever."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

WAIT = "SET lock_timeout = 0"
INDEXES = [
    ("booking", models.Index(fields=["ends_at", "id"], condition=Q(forgotten_at__isnull=True) | Q(origin_mark__isnull=False), name="activities_booking_to_forget")),
    ("enrolment", models.Index(fields=["event", "id"], condition=Q(forgotten_at__isnull=True) | Q(origin_mark__isnull=False), name="activities_enrolled_to_forget")),
    ("eventfeedback", models.Index(fields=["at", "id"], condition=~Q(words=""), name="activities_thought_to_forget")),
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
    dependencies = [("activities", "0020_of_account")]
    operations = [
        migrations.RunSQL(WAIT, WAIT),
        *(step for table, index in INDEXES for step in made(table, index)),
        migrations.RunSQL("RESET lock_timeout", migrations.RunSQL.noop),
    ]
