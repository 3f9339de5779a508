"""Visits and hours of one window never overlap; each change of a ticket is told to whoever listens.

A range of one number stands for equality: no btree_gist.
"""

from django.db import migrations

VISITS = """
    ALTER TABLE offerings_appointment ADD CONSTRAINT offerings_visit_no_overlap EXCLUDE USING gist (
        int8range(window_id, window_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&
    ) WHERE (state IN ('offered', 'booked', 'came'))
"""
HOURS = """
    ALTER TABLE offerings_windowhours ADD CONSTRAINT offerings_hours_no_overlap EXCLUDE USING gist (
        int8range(window_id, window_id, '[]') WITH &&,
        int4range(weekday::int * 1440 + opens, weekday::int * 1440 + closes) WITH &&,
        daterange(since, until) WITH &&
    )
"""
TELL = """
    CREATE FUNCTION offerings_tell_queue() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_notify('linli_live', 'queue:' || coalesce(NEW.centre_id, OLD.centre_id));
        RETURN NULL;
    END $$;
    CREATE TRIGGER offerings_ticket_told AFTER INSERT OR UPDATE OR DELETE ON offerings_ticket
        FOR EACH ROW EXECUTE FUNCTION offerings_tell_queue();
"""
UNTELL = """
    DROP TRIGGER offerings_ticket_told ON offerings_ticket;
    DROP FUNCTION offerings_tell_queue();
"""


class Migration(migrations.Migration):
    replaces = [("offerings", "0004_visits_never_overlap"), ("offerings", "0018_news_of_the_queue")]
    dependencies = [("offerings", "0001_initial")]

    operations = [
        migrations.RunSQL(
            VISITS, "ALTER TABLE offerings_appointment DROP CONSTRAINT offerings_visit_no_overlap"
        ),
        migrations.RunSQL(
            HOURS, "ALTER TABLE offerings_windowhours DROP CONSTRAINT offerings_hours_no_overlap"
        ),
        migrations.RunSQL(TELL, UNTELL),
    ]
