"""Messages that cannot wait are found by an index of their own, however many others wait."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

WAIT = "SET lock_timeout = 0"
NAME = "delivery_urgent_due"
WAITS = Q(state__in=["queued", "held", "sending"], is_urgent=True)


class Migration(migrations.Migration):
    # about a second per million rows of the table; writers go on meanwhile
    atomic = False
    dependencies = [("notify", "0003_latest_deliveries")]
    operations = [
        migrations.RunSQL(WAIT, WAIT),
        # the half of it that an attempt before left
        migrations.RunSQL(f"DROP INDEX CONCURRENTLY IF EXISTS {NAME}", migrations.RunSQL.noop),
        AddIndexConcurrently(
            "delivery", models.Index(fields=["due_at", "id"], name=NAME, condition=WAITS)
        ),
        migrations.RunSQL("RESET lock_timeout", migrations.RunSQL.noop),
    ]
