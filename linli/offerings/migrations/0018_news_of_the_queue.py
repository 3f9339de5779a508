"""Each change of a ticket is told to whoever listens; applications are called in English what their items are."""

from django.db import migrations

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
NAMES = """
    UPDATE cases_case c SET title_en = left(a.item -> 'name' ->> 'en', 160)
      FROM offerings_application a
     WHERE a.case_id = c.id AND c.title <> '' AND coalesce(a.item -> 'name' ->> 'en', '') <> ''
"""


class Migration(migrations.Migration):
    dependencies = [("offerings", "0017_helpers"), ("cases", "0018_english_titles")]

    operations = [
        migrations.RunSQL(TELL, UNTELL),
        migrations.RunSQL(NAMES, migrations.RunSQL.noop),
    ]
