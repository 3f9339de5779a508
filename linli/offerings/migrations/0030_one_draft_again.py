"""Partial unique indexes that 0023 dropped along with the index of their column: they are made again."""

from django.db import migrations

INDEXES = {
    "offerings_one_draft": "offerings_itemversion (item_id) WHERE state IN ('draft', 'review')",
    "offerings_one_open_version": "offerings_itemversion (item_id) WHERE state = 'published' AND until IS NULL",
}


class Migration(migrations.Migration):

    dependencies = [
        ('offerings', '0029_rating_tablets'),
    ]

    operations = [
        migrations.RunSQL(
            f'CREATE UNIQUE INDEX IF NOT EXISTS {name} ON {rows}',
            # the state before had them too
            migrations.RunSQL.noop,
        )
        for name, rows in INDEXES.items()
    ]
