"""Partial unique indexes that 0003 dropped along with the index of their column: they are made again."""

from django.db import migrations

INDEXES = {
    "postingversion_one_open": "notices_postingversion (posting_id) WHERE state IN ('draft', 'waiting')",
}


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0003_no_index_twice'),
    ]

    operations = [
        migrations.RunSQL(
            f'CREATE UNIQUE INDEX IF NOT EXISTS {name} ON {rows}',
            # the state before had them too
            migrations.RunSQL.noop,
        )
        for name, rows in INDEXES.items()
    ]
