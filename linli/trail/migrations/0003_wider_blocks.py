"""Blocks of 128 ids: each is waited for, and an act writes one row or two."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("trail", "0002_numbers_epoch_append_only")]

    operations = [
        migrations.RunSQL(
            "ALTER SEQUENCE trail_entry_id_seq INCREMENT BY 128",
            "ALTER SEQUENCE trail_entry_id_seq INCREMENT BY 32",
        ),
    ]
