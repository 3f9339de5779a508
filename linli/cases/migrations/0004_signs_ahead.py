"""The signs of a new case go ahead of its head; whoever writes a head without them has them made as before."""

from django.db import migrations

KEEP = """
CREATE OR REPLACE FUNCTION cases_keep_signs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    {ahead}
    IF TG_OP = 'INSERT' OR NEW.title IS DISTINCT FROM OLD.title THEN
        INSERT INTO cases_casesigns (case_id, signs)
            VALUES (NEW.id, cases_signs_of(NEW.number || ' ' || NEW.title))
            ON CONFLICT (case_id) DO UPDATE SET signs = EXCLUDED.signs;
    END IF;
    RETURN NULL;
END $$;
"""
AHEAD = """
    IF TG_OP = 'INSERT' AND EXISTS (SELECT FROM cases_casesigns WHERE case_id = NEW.id) THEN
        RETURN NULL;
    END IF;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_closed_by_category")]
    operations = [
        migrations.RunSQL(KEEP.replace("{ahead}", AHEAD.strip()), KEEP.replace("{ahead}", "")),
    ]
