"""A published version never changes, and neither does a save: the database refuses both."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION formkit_published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'draft' AND (
        NEW.form_id, NEW.number, NEW.spec, NEW.checksum, NEW.basis, NEW.published_at,
        NEW.published_by, NEW.edition
    ) IS DISTINCT FROM (
        OLD.form_id, OLD.number, OLD.spec, OLD.checksum, OLD.basis, OLD.published_at,
        OLD.published_by, OLD.edition
    ) THEN
        RAISE EXCEPTION 'a published version of a form never changes';
    END IF;
    IF (OLD.state = 'published' AND NEW.state = 'draft') OR (OLD.state = 'retired' AND NEW.state <> 'retired') THEN
        RAISE EXCEPTION 'a version of a form does not go back';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION formkit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'saves of a form are only added to';
END $$;
CREATE TRIGGER formkit_formversion_stays BEFORE UPDATE ON formkit_formversion
    FOR EACH ROW EXECUTE FUNCTION formkit_published_stays();
CREATE TRIGGER formkit_formversion_none_lost BEFORE DELETE OR TRUNCATE ON formkit_formversion
    FOR EACH STATEMENT EXECUTE FUNCTION formkit_append_only();
CREATE TRIGGER formkit_formrevision_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON formkit_formrevision
    FOR EACH STATEMENT EXECUTE FUNCTION formkit_append_only();
"""
BACKWARDS = """
DROP TRIGGER formkit_formrevision_append_only ON formkit_formrevision;
DROP TRIGGER formkit_formversion_none_lost ON formkit_formversion;
DROP TRIGGER formkit_formversion_stays ON formkit_formversion;
DROP FUNCTION formkit_append_only();
DROP FUNCTION formkit_published_stays();
"""


class Migration(migrations.Migration):
    replaces = [("formkit", "0002_published_stays")]
    dependencies = [("formkit", "0001_initial")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
