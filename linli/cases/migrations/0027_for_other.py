"""A case says whether whoever reported helps somebody else, so that an erasure takes the helper alone.

A column with a constant default: PostgreSQL writes no row for it.
"""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0026_reads_from")]

    operations = [
        migrations.AddField(
            model_name="reporter",
            name="is_for_other",
            field=models.BooleanField(default=False, db_default=False),
        ),
    ]
