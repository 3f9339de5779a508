"""No two bookings that hold their time overlap at a venue. A range of one number stands for equality: no btree_gist."""

from django.db import migrations

ADD = """
ALTER TABLE activities_booking ADD CONSTRAINT activities_booking_no_overlap EXCLUDE USING gist (
    int8range(venue_id, venue_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&
) WHERE (state IN ('asked', 'held', 'used', 'missed'))
"""
DROP = "ALTER TABLE activities_booking DROP CONSTRAINT activities_booking_no_overlap"
GUARD = """
    ALTER TABLE activities_bookingvault ENABLE ROW LEVEL SECURITY;
    ALTER TABLE activities_bookingvault FORCE ROW LEVEL SECURITY;
    CREATE POLICY activities_bookingvault_seen ON activities_bookingvault USING (
        nullif(current_setting('linli.system', true), '') = 'on'
        OR EXISTS (
            SELECT 1
            FROM activities_booking AS booked,
                 unnest(nullif(current_setting('linli.scopes', true), '')::text[]) AS scope (path)
            WHERE booked.id = activities_bookingvault.booking_id
              AND scope.path <> ''
              AND booked.path >= scope.path COLLATE "C"
              AND booked.path < (scope.path || '~') COLLATE "C"
        )
    );
"""
RELEASE = """
    DROP POLICY activities_bookingvault_seen ON activities_bookingvault;
    ALTER TABLE activities_bookingvault NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE activities_bookingvault DISABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    dependencies = [("activities", "0001_venues")]

    operations = [migrations.RunSQL(ADD, DROP), migrations.RunSQL(GUARD, RELEASE)]
