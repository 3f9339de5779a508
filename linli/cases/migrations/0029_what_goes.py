"""Contacts and words whose term is over are found by an index: the cases of all years stay."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Q

WAIT = "SET lock_timeout = 0"
INDEXES = [
    ("case", models.Index(fields=["closed_at"], condition=Q(kind="feedback", is_open=False), name="cases_feedback_to_forget")),
    ("reporter", models.Index(fields=["case"], condition=Q(contact__isnull=False) | Q(answers__isnull=False) | Q(by_sms=True), name="cases_reporter_to_forget")),
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
    dependencies = [("cases", "0028_ratings_of_followers")]
    operations = [
        migrations.RunSQL(WAIT, WAIT),
        *(step for table, index in INDEXES for step in made(table, index)),
        migrations.RunSQL("RESET lock_timeout", migrations.RunSQL.noop),
    ]
