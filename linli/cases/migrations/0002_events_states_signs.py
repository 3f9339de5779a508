"""What Django cannot say: events that nobody changes, states that the kind's version knows, signs to search by."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION cases_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'events of cases are append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER cases_caseevent_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cases_caseevent
    FOR EACH STATEMENT EXECUTE FUNCTION cases_refuse();
"""
APPEND_ONLY_BACK = """
DROP TRIGGER cases_caseevent_append_only ON cases_caseevent;
DROP FUNCTION cases_refuse();
"""
# a case stands in a state of its own kind and version; the table is filled from code by migrate
KNOWN_STATES = """
ALTER TABLE cases_case ADD CONSTRAINT cases_state_of_kind
    FOREIGN KEY (kind, version, state) REFERENCES cases_kindstate (kind, version, state);
"""
KNOWN_STATES_BACK = "ALTER TABLE cases_case DROP CONSTRAINT cases_state_of_kind"
# every sign and every two that stand together, in small letters: what holds a word holds its pairs.
# Cut in one pass, on the way of every report; one may stand twice, which a search does not mind
SIGNS_OF = """
CREATE FUNCTION cases_signs_of(said text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT small.signs || array(
        SELECT pair.sign || pair.after FROM unnest(small.signs, small.signs[2:]) AS pair(sign, after)
         WHERE pair.after IS NOT NULL
    ) FROM (SELECT coalesce(string_to_array(lower(said), NULL), '{}') AS signs) AS small
$$;
"""
SIGNS_OF_BACK = "DROP FUNCTION cases_signs_of(text)"
# in a table beside the heads: moves of a case do not touch it
KEEP_SIGNS = """
CREATE FUNCTION cases_keep_signs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' OR NEW.title IS DISTINCT FROM OLD.title THEN
        INSERT INTO cases_casesigns (case_id, signs)
            VALUES (NEW.id, cases_signs_of(NEW.number || ' ' || NEW.title))
            ON CONFLICT (case_id) DO UPDATE SET signs = EXCLUDED.signs;
    END IF;
    RETURN NULL;
END $$;
"""
SIGNS = f"""{KEEP_SIGNS}
CREATE TRIGGER cases_signs AFTER INSERT OR UPDATE OF title ON cases_case
    FOR EACH ROW EXECUTE FUNCTION cases_keep_signs();
"""
SIGNS_BACK = """
DROP TRIGGER cases_signs ON cases_case;
DROP FUNCTION cases_keep_signs();
"""
# written when words are released, taken back or erased; emptied and not deleted: the service may not delete
WORD_SIGNS = """
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
WORD_SIGNS_BACK = """
DROP TRIGGER cases_word_signs_gone ON cases_publicwords;
DROP TRIGGER cases_word_signs ON cases_publicwords;
DROP TRIGGER cases_word_signs_new ON cases_publicwords;
DROP FUNCTION cases_keep_word_signs();
"""


class Migration(migrations.Migration):
    replaces = [
        ("cases", "0002_append_only"), ("cases", "0007_signs"), ("cases", "0008_fill_signs"),
        ("cases", "0014_signs_of_words"), ("cases", "0015_fill_signs_of_words"),
        ("cases", "0030_signs_in_one_pass"),
    ]
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.RunSQL(APPEND_ONLY, APPEND_ONLY_BACK),
        migrations.RunSQL(KNOWN_STATES, KNOWN_STATES_BACK),
        migrations.RunSQL(SIGNS_OF, SIGNS_OF_BACK),
        migrations.RunSQL(SIGNS, SIGNS_BACK),
        migrations.RunSQL(WORD_SIGNS, WORD_SIGNS_BACK),
    ]
