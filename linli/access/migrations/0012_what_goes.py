"""Sessions that ended, and numbers of the dead, are found by an index among all others."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

WAIT = "SET lock_timeout = 0"
INDEXES = [
    ("account", models.Index(fields=["disabled_at"], condition=Q(disabled_reason="people.died", phone_sealed__isnull=False), name="account_number_to_forget")),
    ("signin", models.Index(fields=["ended_at"], condition=Q(ended_at__isnull=False), name="sign_in_to_forget")),
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
    dependencies = [("access", "0011_right_by_two")]
    operations = [
        migrations.RunSQL(WAIT, WAIT),
        *(step for table, index in INDEXES for step in made(table, index)),
        migrations.RunSQL("RESET lock_timeout", migrations.RunSQL.noop),
    ]
