"""Row security on the vault of enrolments: who sees personal data of the place, or the system."""

from django.db import migrations

GUARD = """
    ALTER TABLE activities_enrolmentvault ENABLE ROW LEVEL SECURITY;
    ALTER TABLE activities_enrolmentvault FORCE ROW LEVEL SECURITY;
    CREATE POLICY activities_enrolmentvault_seen ON activities_enrolmentvault USING (
        nullif(current_setting('linli.system', true), '') = 'on'
        OR EXISTS (
            SELECT 1
            FROM activities_enrolment AS entered
                 JOIN activities_event AS held ON held.id = entered.event_id,
                 unnest(nullif(current_setting('linli.scopes', true), '')::text[]) AS scope (path)
            WHERE entered.id = activities_enrolmentvault.enrolment_id
              AND scope.path <> ''
              AND held.path >= scope.path COLLATE "C"
              AND held.path < (scope.path || '~') COLLATE "C"
        )
    );
"""
RELEASE = """
    DROP POLICY activities_enrolmentvault_seen ON activities_enrolmentvault;
    ALTER TABLE activities_enrolmentvault NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE activities_enrolmentvault DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("activities", "0005_events")]

    operations = [migrations.RunSQL(GUARD, RELEASE)]
