"""Partial unique indexes that 0021 dropped along with the index of their column: they are made again."""

from django.db import migrations

INDEXES = {
    "cases_one_lead": "cases_assignment (case_id) WHERE role = 'lead' AND state = 'accepted'",
    "cases_one_lead_offer": "cases_assignment (case_id) WHERE role = 'lead' AND state IN ('offered', 'disputed')",
}


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0024_edition_of_weeks'),
    ]

    operations = [
        migrations.RunSQL(
            f'CREATE UNIQUE INDEX IF NOT EXISTS {name} ON {rows}',
            # the state before had them too
            migrations.RunSQL.noop,
        )
        for name, rows in INDEXES.items()
    ]
