"""Checks of words that stood in this database before are spelt as new ones are (docs/adr/0026)."""

from django.db import migrations

# as the server says a list that was spelt word by word, itself and once more after a restore
SAID = (
    r"\(ARRAY\[''[^\]]*''::character varying\]\)::text\[\]"
    r"|ARRAY\[\(''[^\]]*''::character varying\)::text\]|ARRAY\[''[^\]]*''::text\]"
)
# what stands in a database is spelt anew; where nothing is left to do it takes 5 ms
RESPELL = f"""DO $$
DECLARE
    one record;
    listed text;
    words text;
BEGIN
    FOR one IN
        SELECT conrelid::regclass AS stands_in, conname, pg_get_constraintdef(oid) AS says
        FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0 AND connamespace = current_schema()::regnamespace
    LOOP
        CONTINUE WHEN one.says !~ '{SAID}';
        LOOP
            listed := substring(one.says FROM '{SAID}');
            EXIT WHEN listed IS NULL;
            EXECUTE 'SELECT (' || listed || ')::text' INTO words;
            one.says := replace(one.says, listed, quote_literal(words) || '::text[]');
        END LOOP;
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I, ADD CONSTRAINT %I %s',
                       one.stands_in, one.conname, one.conname, one.says);
    END LOOP;
END $$"""  # noqa: S608 - a pattern of ours alone


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_signs_ahead")]
    operations = [migrations.RunSQL(RESPELL, migrations.RunSQL.noop)]
