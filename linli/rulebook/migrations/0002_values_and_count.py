"""Values of one parameter and jurisdiction never overlap in time.

A value is never rewritten, only withdrawn once; every change is counted. It goes along when its place
hangs elsewhere: the path changes, the place does not.

The pair is compared by its hash as a numeric range, for want of btree_gist. A withdrawn value ends
the day before; one withdrawn from its first day holds for no day. GREATEST passes over NULL, hence
the CASE: without an end the range is open.
"""

from django.db import migrations

ADD = """
ALTER TABLE rulebook_localvalue ADD CONSTRAINT localvalue_no_overlap EXCLUDE USING gist (
    numrange(
        hashtextextended(key || ' ' || jurisdiction, 0)::numeric,
        hashtextextended(key || ' ' || jurisdiction, 0)::numeric,
        '[]'
    ) WITH &&,
    daterange(
        valid_from,
        CASE WHEN COALESCE(valid_to, withdrawn_from) IS NOT NULL
            THEN GREATEST(valid_from, LEAST(valid_to + 1, withdrawn_from)) END,
        '[)'
    ) WITH &&
)
"""
GUARD = """
CREATE FUNCTION rulebook_guard_value() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER rulebook_localvalue_guard BEFORE UPDATE ON rulebook_localvalue
    FOR EACH ROW EXECUTE FUNCTION rulebook_guard_value();
"""
GUARD_OFF = """
DROP TRIGGER rulebook_localvalue_guard ON rulebook_localvalue;
DROP FUNCTION rulebook_guard_value();
"""
COUNT = """
INSERT INTO rulebook_version (id, number) VALUES (1, 1);
CREATE FUNCTION rulebook_count_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE rulebook_version SET number = number + 1 WHERE id = 1;
    RETURN NULL;
END $$;
"""
COUNT_OFF = """
DROP FUNCTION rulebook_count_change();
DELETE FROM rulebook_version;
"""
TRIGGER = """
CREATE TRIGGER {table}_count_change AFTER INSERT OR UPDATE OR DELETE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION rulebook_count_change()
"""
TABLES = ("rulebook_localvalue", "rulebook_calendarday", "rulebook_calendaryear")


class Migration(migrations.Migration):
    replaces = [
        ("rulebook", "0002_no_overlap_and_count"), ("rulebook", "0004_values_follow_places"),
    ]
    dependencies = [("rulebook", "0001_initial")]

    operations = [
        migrations.RunSQL(
            ADD, "ALTER TABLE rulebook_localvalue DROP CONSTRAINT localvalue_no_overlap"
        ),
        migrations.RunSQL(GUARD, GUARD_OFF),
        migrations.RunSQL(COUNT, COUNT_OFF),
        *[
            migrations.RunSQL(
                TRIGGER.format(table=table), f"DROP TRIGGER {table}_count_change ON {table}"
            )
            for table in TABLES
        ],
    ]
