"""What Django cannot say: rows that nobody changes, and openings that only erasure takes away."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION translog_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the transparency log is append-only: % on % is refused', TG_OP, TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER translog_logname_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON translog_logname
    FOR EACH STATEMENT EXECUTE FUNCTION translog_refuse();
CREATE TRIGGER translog_leaf_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON translog_leaf
    FOR EACH STATEMENT EXECUTE FUNCTION translog_refuse();
CREATE TRIGGER translog_node_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON translog_node
    FOR EACH STATEMENT EXECUTE FUNCTION translog_refuse();
CREATE TRIGGER translog_treehead_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON translog_treehead
    FOR EACH STATEMENT EXECUTE FUNCTION translog_refuse();
CREATE TRIGGER translog_opening_unchanged BEFORE UPDATE OR TRUNCATE ON translog_opening
    FOR EACH STATEMENT EXECUTE FUNCTION translog_refuse();
"""
APPEND_ONLY_BACK = """
DROP TRIGGER translog_logname_append_only ON translog_logname;
DROP TRIGGER translog_leaf_append_only ON translog_leaf;
DROP TRIGGER translog_node_append_only ON translog_node;
DROP TRIGGER translog_treehead_append_only ON translog_treehead;
DROP TRIGGER translog_opening_unchanged ON translog_opening;
DROP FUNCTION translog_refuse();
"""


class Migration(migrations.Migration):
    replaces = [("translog", "0002_append_only")]
    dependencies = [("translog", "0001_initial")]

    operations = [migrations.RunSQL(APPEND_ONLY, APPEND_ONLY_BACK)]
