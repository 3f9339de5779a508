"""Released words are found by their signs too, all of them and not only what made the title."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

# written when words are released, taken back or erased; emptied and not deleted: the service may not delete
SIGNS = """
CREATE FUNCTION cases_keep_word_signs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.shown IS NULL THEN
        UPDATE cases_wordsigns SET signs = '{}' WHERE event_id = OLD.event_id;
    ELSE
        INSERT INTO cases_wordsigns (event_id, signs)
            VALUES (NEW.event_id, cases_signs_of(NEW.shown))
            ON CONFLICT (event_id) DO UPDATE SET signs = EXCLUDED.signs;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER cases_word_signs_new AFTER INSERT ON cases_publicwords
    FOR EACH ROW WHEN (NEW.shown IS NOT NULL) EXECUTE FUNCTION cases_keep_word_signs();
CREATE TRIGGER cases_word_signs AFTER UPDATE OF shown ON cases_publicwords
    FOR EACH ROW WHEN (NEW.shown IS DISTINCT FROM OLD.shown) EXECUTE FUNCTION cases_keep_word_signs();
CREATE TRIGGER cases_word_signs_gone AFTER DELETE ON cases_publicwords
    FOR EACH ROW WHEN (OLD.shown IS NOT NULL) EXECUTE FUNCTION cases_keep_word_signs();
"""
SIGNS_BACK = """
DROP TRIGGER cases_word_signs_gone ON cases_publicwords;
DROP TRIGGER cases_word_signs ON cases_publicwords;
DROP TRIGGER cases_word_signs_new ON cases_publicwords;
DROP FUNCTION cases_keep_word_signs();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0013_promise_of_categories")]

    operations = [
        migrations.CreateModel(
            name="WordSigns",
            fields=[
                (
                    "event",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, primary_key=True,
                        related_name="+", serialize=False, to="cases.caseevent",
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
            model_name="wordsigns",
            index=django.contrib.postgres.indexes.GinIndex(fields=["signs"], name="cases_word_signs_in"),
        ),
    ]  # fmt: skip
