"""Visits and hours of one window never overlap. A range of one number stands for equality: no btree_gist."""

from django.db import migrations

VISITS = """
    ALTER TABLE offerings_appointment ADD CONSTRAINT offerings_visit_no_overlap EXCLUDE USING gist (
        int8range(window_id, window_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&
    ) WHERE (state IN ('booked', 'came'))
"""
HOURS = """
    ALTER TABLE offerings_windowhours ADD CONSTRAINT offerings_hours_no_overlap EXCLUDE USING gist (
        int8range(window_id, window_id, '[]') WITH &&,
        int4range(weekday::int * 1440 + opens, weekday::int * 1440 + closes) WITH &&,
        daterange(since, until) WITH &&
    )
"""


class Migration(migrations.Migration):
    dependencies = [("offerings", "0003_visits")]

    operations = [
        migrations.RunSQL(
            VISITS, "ALTER TABLE offerings_appointment DROP CONSTRAINT offerings_visit_no_overlap"
        ),
        migrations.RunSQL(
            HOURS, "ALTER TABLE offerings_windowhours DROP CONSTRAINT offerings_hours_no_overlap"
        ),
    ]
