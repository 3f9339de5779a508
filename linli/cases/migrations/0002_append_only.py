"""What Django cannot say: events that nobody changes, and states that the kind's version knows."""

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


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_cases")]

    operations = [
        migrations.RunSQL(APPEND_ONLY, APPEND_ONLY_BACK),
        migrations.RunSQL(KNOWN_STATES, KNOWN_STATES_BACK),
    ]
