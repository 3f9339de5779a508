"""Row security on the vault of groups: who sees personal data of the place, or the system."""

from django.db import migrations

GUARD = """
    ALTER TABLE activities_groupvault ENABLE ROW LEVEL SECURITY;
    ALTER TABLE activities_groupvault FORCE ROW LEVEL SECURITY;
    CREATE POLICY activities_groupvault_seen ON activities_groupvault USING (
        nullif(current_setting('linli.system', true), '') = 'on'
        OR EXISTS (
            SELECT 1
            FROM activities_group AS kept,
                 unnest(nullif(current_setting('linli.scopes', true), '')::text[]) AS scope (path)
            WHERE kept.id = activities_groupvault.group_id
              AND scope.path <> ''
              AND kept.path >= scope.path COLLATE "C"
              AND kept.path < (scope.path || '~') COLLATE "C"
        )
    );
"""
RELEASE = """
    DROP POLICY activities_groupvault_seen ON activities_groupvault;
    ALTER TABLE activities_groupvault NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE activities_groupvault DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("activities", "0003_rounds")]

    operations = [migrations.RunSQL(GUARD, RELEASE)]
