"""What an account booked or enrolled for is found by it: a new telephone number takes it along at the counter."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

WAIT = "SET lock_timeout = 0"
NAMES = {"booking": "activities_booking_of_account", "enrolment": "activities_enrolled_by"}


def index(table: str) -> list[migrations.operations.base.Operation]:
    """Return what drops the half of an index that an attempt before left, and makes it whole."""
    name = NAMES[table]
    found = models.Index(fields=["account_id"], condition=Q(account_id__isnull=False), name=name)
    return [
        migrations.RunSQL(f"DROP INDEX CONCURRENTLY IF EXISTS {name}", migrations.RunSQL.noop),
        AddIndexConcurrently(table, found),
    ]


class Migration(migrations.Migration):
    # about two seconds per million rows; writers go on meanwhile
    atomic = False
    dependencies = [("activities", "0019_moved_up_at")]
    operations = [
        migrations.RunSQL(WAIT, WAIT),
        *index("booking"),
        *index("enrolment"),
        migrations.RunSQL("RESET lock_timeout", migrations.RunSQL.noop),
    ]
