"""A version that was published never changes and is never lost: the database refuses both."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION notices_published_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'published' AND (
        NEW.posting_id, NEW.number, NEW.state, NEW.title, NEW.body, NEW.basis, NEW.contact,
        NEW.objection, NEW.reason, NEW.restarts, NEW.files, NEW.checksum, NEW.published_at,
        NEW.published_by
    ) IS DISTINCT FROM (
        OLD.posting_id, OLD.number, OLD.state, OLD.title, OLD.body, OLD.basis, OLD.contact,
        OLD.objection, OLD.reason, OLD.restarts, OLD.files, OLD.checksum, OLD.published_at,
        OLD.published_by
    ) THEN
        RAISE EXCEPTION 'a published version of a notice never changes';
    END IF;
    IF OLD.state = 'dropped' AND NEW.state <> 'dropped' THEN
        RAISE EXCEPTION 'a version of a notice that was given up does not come back';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION notices_none_lost() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'versions of notices are only added to';
END $$;
CREATE TRIGGER notices_postingversion_stays BEFORE UPDATE ON notices_postingversion
    FOR EACH ROW EXECUTE FUNCTION notices_published_stays();
CREATE TRIGGER notices_postingversion_none_lost BEFORE DELETE OR TRUNCATE ON notices_postingversion
    FOR EACH STATEMENT EXECUTE FUNCTION notices_none_lost();
"""
BACKWARDS = """
DROP TRIGGER notices_postingversion_none_lost ON notices_postingversion;
DROP TRIGGER notices_postingversion_stays ON notices_postingversion;
DROP FUNCTION notices_none_lost();
DROP FUNCTION notices_published_stays();
"""


class Migration(migrations.Migration):
    replaces = [("notices", "0002_published_stays")]
    dependencies = [("notices", "0001_initial")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
