"""Partial unique indexes that 0003 dropped along with the index of their column: they are made again."""

from django.db import migrations

INDEXES = {
    "formversion_one_draft": "formkit_formversion (form_id) WHERE state = 'draft'",
    "formversion_one_in_force": "formkit_formversion (form_id) WHERE state = 'published'",
}


class Migration(migrations.Migration):

    dependencies = [
        ('formkit', '0003_no_index_twice'),
    ]

    operations = [
        migrations.RunSQL(
            f'CREATE UNIQUE INDEX IF NOT EXISTS {name} ON {rows}',
            # the state before had them too
            migrations.RunSQL.noop,
        )
        for name, rows in INDEXES.items()
    ]
