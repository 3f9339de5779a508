"""What Django cannot say: numbers by the database, rows that nobody changes, the first epoch."""

from django.db import migrations

FILLED_IN = """
ALTER TABLE trail_entry ALTER COLUMN xid SET DEFAULT (pg_current_xact_id()::text)::bigint;
ALTER SEQUENCE trail_entry_id_seq INCREMENT BY 32;
"""
FILLED_IN_BACK = """
ALTER TABLE trail_entry ALTER COLUMN xid DROP DEFAULT;
ALTER SEQUENCE trail_entry_id_seq INCREMENT BY 1;
"""
APPEND_ONLY = """
CREATE FUNCTION trail_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the trail is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER trail_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON trail_entry
    FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse();
CREATE TRIGGER trail_seal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON trail_seal
    FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse();
CREATE TRIGGER trail_epoch_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON trail_epoch
    FOR EACH STATEMENT EXECUTE FUNCTION trail_refuse();
"""
APPEND_ONLY_BACK = """
DROP TRIGGER trail_entry_append_only ON trail_entry;
DROP TRIGGER trail_seal_append_only ON trail_seal;
DROP TRIGGER trail_epoch_append_only ON trail_epoch;
DROP FUNCTION trail_refuse();
"""
FIRST_EPOCH = """
INSERT INTO trail_epoch (number, cluster, began_at)
SELECT 1, system_identifier, now() FROM pg_control_system()
"""


class Migration(migrations.Migration):
    replaces = [("trail", "0002_append_only")]
    dependencies = [("trail", "0001_initial")]

    operations = [
        migrations.RunSQL(FILLED_IN, FILLED_IN_BACK),
        migrations.RunSQL(FIRST_EPOCH, migrations.RunSQL.noop),
        migrations.RunSQL(APPEND_ONLY, APPEND_ONLY_BACK),
    ]
