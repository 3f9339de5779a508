"""Row security on the vault: one's own rows, those of residents in one's scopes, or the system.

Paths are compared byte by byte (collation C) and never with an empty scope, which would be
before every path and show everything.
"""

from django.db import migrations

SEEN = """
    nullif(current_setting('linli.system', true), '') = 'on'
    OR person_id = nullif(current_setting('linli.person', true), '')::bigint
    OR EXISTS (
        SELECT 1
        FROM people_residency AS lives,
             unnest(nullif(current_setting('linli.scopes', true), '')::text[]) AS scope (path)
        WHERE lives.person_id = {table}.person_id
          AND scope.path <> ''
          AND lives.path >= scope.path COLLATE "C"
          AND lives.path < (scope.path || '~') COLLATE "C"
    )
"""
TABLES = ("people_persondocument", "people_contact", "people_personkey")
GUARD = """
    ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
    CREATE POLICY {table}_seen ON {table} USING ({seen});
"""
RELEASE = """
    DROP POLICY {table}_seen ON {table};
    ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    replaces = [("people", "0002_row_security"), ("people", "0003_shorter_masks")]
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RunSQL(
            GUARD.format(table=table, seen=SEEN.format(table=table)),
            RELEASE.format(table=table),
        )
        for table in TABLES
    ]
