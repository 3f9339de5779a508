"""A value of a place goes along when the place hangs elsewhere: the path changes, the place does not."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("linli.rulebook.migrations.0002_no_overlap_and_count")

GUARD = """
CREATE OR REPLACE FUNCTION rulebook_guard_value() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed text[] := ARRAY(
        SELECT n.key FROM jsonb_each(to_jsonb(NEW)) n JOIN jsonb_each(to_jsonb(OLD)) o USING (key)
        WHERE n.value IS DISTINCT FROM o.value
    );
BEGIN
    IF changed <@ ARRAY['place', 'jurisdiction']
        AND substring(NEW.place from '[^/]+/$') = substring(OLD.place from '[^/]+/$')
        AND (
            NEW.jurisdiction = OLD.jurisdiction
            OR substring(NEW.jurisdiction from '[^/]+/$')
                = substring(OLD.jurisdiction from '[^/]+/$')
        )
    THEN
        RETURN NEW;
    END IF;
    IF OLD.withdrawn_from IS NOT NULL OR NOT changed <@ ARRAY[
        'withdrawn_from', 'withdrawn_at', 'withdrawn_by', 'withdrawal_reason', 'withdrawal_document'
    ] THEN
        RAISE EXCEPTION 'a value of the rulebook is never rewritten, only withdrawn once'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""
GUARD_OFF = BEFORE.GUARD.split("CREATE TRIGGER")[0].replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)


class Migration(migrations.Migration):
    dependencies = [("rulebook", "0003_calendar_2004_2026")]

    operations = [migrations.RunSQL(GUARD, GUARD_OFF)]
