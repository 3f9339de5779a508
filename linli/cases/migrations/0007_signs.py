"""Cases are found by their signs, in a table beside the heads: moves of a case do not touch it."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

# every sign and every two that stand together, in small letters: what holds a word holds its pairs
SIGNS = """
CREATE FUNCTION cases_signs_of(said text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(DISTINCT substr(lower(said), at, size)), '{}')
      FROM generate_series(1, length(said)) at, generate_series(1, 2) size
$$;
CREATE FUNCTION cases_keep_signs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' OR NEW.title IS DISTINCT FROM OLD.title THEN
        INSERT INTO cases_casesigns (case_id, signs)
            VALUES (NEW.id, cases_signs_of(NEW.number || ' ' || NEW.title))
            ON CONFLICT (case_id) DO UPDATE SET signs = EXCLUDED.signs;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER cases_signs AFTER INSERT OR UPDATE OF title ON cases_case
    FOR EACH ROW EXECUTE FUNCTION cases_keep_signs();
"""
SIGNS_BACK = """
DROP TRIGGER cases_signs ON cases_case;
DROP FUNCTION cases_keep_signs();
DROP FUNCTION cases_signs_of(text);
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_public_side")]

    operations = [
        migrations.CreateModel(
            name="CaseSigns",
            fields=[
                (
                    "case",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, primary_key=True,
                        related_name="+", serialize=False, to="cases.case",
                    ),
                ),
                (
                    "signs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
            ],
        ),
        migrations.RunSQL(SIGNS, SIGNS_BACK),
        migrations.AddIndex(
            model_name="casesigns",
            index=django.contrib.postgres.indexes.GinIndex(fields=["signs"], name="cases_signs"),
        ),
    ]  # fmt: skip
