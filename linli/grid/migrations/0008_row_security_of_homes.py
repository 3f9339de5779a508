"""Row security on who is moved in a storm: who sees personal data of the village, or the system."""

from django.db import migrations

GUARD = """
    ALTER TABLE grid_stormhomevault ENABLE ROW LEVEL SECURITY;
    ALTER TABLE grid_stormhomevault FORCE ROW LEVEL SECURITY;
    CREATE POLICY grid_stormhomevault_seen ON grid_stormhomevault USING (
        nullif(current_setting('linli.system', true), '') = 'on'
        OR EXISTS (
            SELECT 1
            FROM grid_stormhome AS home,
                 unnest(nullif(current_setting('linli.scopes', true), '')::text[]) AS scope (path)
            WHERE home.id = grid_stormhomevault.home_id
              AND scope.path <> ''
              AND home.path >= scope.path COLLATE "C"
              AND home.path < (scope.path || '~') COLLATE "C"
        )
    );
"""
RELEASE = """
    DROP POLICY grid_stormhomevault_seen ON grid_stormhomevault;
    ALTER TABLE grid_stormhomevault NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE grid_stormhomevault DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("grid", "0007_storms")]

    operations = [migrations.RunSQL(GUARD, RELEASE)]
