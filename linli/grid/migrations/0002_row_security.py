"""Row security on the vault of contact persons: who sees personal data of the village, or the system.

Paths are compared byte by byte (collation C) and never with an empty scope, which would be
before every path and show everything.
"""

from django.db import migrations

GUARD = """
    ALTER TABLE grid_contactvault ENABLE ROW LEVEL SECURITY;
    ALTER TABLE grid_contactvault FORCE ROW LEVEL SECURITY;
    CREATE POLICY grid_contactvault_seen ON grid_contactvault USING (
        nullif(current_setting('linli.system', true), '') = 'on'
        OR EXISTS (
            SELECT 1
            FROM grid_cellcontact AS named,
                 unnest(nullif(current_setting('linli.scopes', true), '')::text[]) AS scope (path)
            WHERE named.id = grid_contactvault.contact_id
              AND scope.path <> ''
              AND named.path >= scope.path COLLATE "C"
              AND named.path < (scope.path || '~') COLLATE "C"
        )
    );
"""
RELEASE = """
    DROP POLICY grid_contactvault_seen ON grid_contactvault;
    ALTER TABLE grid_contactvault NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE grid_contactvault DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("grid", "0001_cells")]

    operations = [migrations.RunSQL(GUARD, RELEASE)]
