"""Row security on the vaults of wishes and talents: who sees personal data of the place, or the system."""

from django.db import migrations

VAULTS = (
    ("activities_culturewishvault", "activities_culturewish", "wish_id"),
    ("activities_localtalentvault", "activities_localtalent", "talent_id"),
)
GUARD = """
    ALTER TABLE {vault} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {vault} FORCE ROW LEVEL SECURITY;
    CREATE POLICY {vault}_seen ON {vault} USING (
        nullif(current_setting('linli.system', true), '') = 'on'
        OR EXISTS (
            SELECT 1
            FROM {table} AS kept,
                 unnest(nullif(current_setting('linli.scopes', true), '')::text[]) AS scope (path)
            WHERE kept.id = {vault}.{column}
              AND scope.path <> ''
              AND kept.path >= scope.path COLLATE "C"
              AND kept.path < (scope.path || '~') COLLATE "C"
        )
    );
"""
RELEASE = """
    DROP POLICY {vault}_seen ON {vault};
    ALTER TABLE {vault} NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE {vault} DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("activities", "0007_culture")]

    operations = [
        migrations.RunSQL(
            GUARD.format(vault=vault, table=table, column=column), RELEASE.format(vault=vault)
        )
        for vault, table, column in VAULTS
    ]
