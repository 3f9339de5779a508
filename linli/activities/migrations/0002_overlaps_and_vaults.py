"""No two bookings that hold their time overlap at a venue; the vaults show nobody to whom has no right.

A range of one number stands for equality: no btree_gist. A vault's row is seen by who sees personal
data of the place, or by the system. Paths are compared byte by byte (collation C) and never with an
empty scope, which would be before every path and show everything.
"""

from django.db import migrations

NO_OVERLAP = """
ALTER TABLE activities_booking ADD CONSTRAINT activities_booking_no_overlap EXCLUDE USING gist (
    int8range(venue_id, venue_id, '[]') WITH &&, tstzrange(starts_at, ends_at) WITH &&
) WHERE (state IN ('asked', 'held', 'used', 'missed'))
"""
NO_OVERLAP_BACK = "ALTER TABLE activities_booking DROP CONSTRAINT activities_booking_no_overlap"
GUARD = """
    ALTER TABLE {vault} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {vault} FORCE ROW LEVEL SECURITY;
    CREATE POLICY {vault}_seen ON {vault} USING (
        nullif(current_setting('linli.system', true), '') = 'on'
        OR EXISTS (
            SELECT 1
            FROM {rows},
                 unnest(nullif(current_setting('linli.scopes', true), '')::text[]) AS scope (path)
            WHERE {row}.id = {vault}.{column}
              AND scope.path <> ''
              AND {at}.path >= scope.path COLLATE "C"
              AND {at}.path < (scope.path || '~') COLLATE "C"
        )
    );
"""
RELEASE = """
    DROP POLICY {vault}_seen ON {vault};
    ALTER TABLE {vault} NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE {vault} DISABLE ROW LEVEL SECURITY;
"""
EVENTS = "activities_enrolment AS entered JOIN activities_event AS held ON held.id = entered.event_id"
# the vault, its column, the rows that it hides something of, and which of them says the place
VAULTS = (
    ("activities_bookingvault", "booking_id", "activities_booking AS booked", "booked", "booked"),
    ("activities_groupvault", "group_id", "activities_group AS kept", "kept", "kept"),
    ("activities_enrolmentvault", "enrolment_id", EVENTS, "entered", "held"),
    ("activities_culturewishvault", "wish_id", "activities_culturewish AS kept", "kept", "kept"),
    ("activities_localtalentvault", "talent_id", "activities_localtalent AS kept", "kept", "kept"),
)


class Migration(migrations.Migration):
    replaces = [
        ("activities", "0002_no_overlap"), ("activities", "0004_row_security_of_groups"),
        ("activities", "0006_row_security_of_enrolments"),
        ("activities", "0008_row_security_of_wishes"),
    ]
    dependencies = [("activities", "0001_initial")]

    operations = [
        migrations.RunSQL(NO_OVERLAP, NO_OVERLAP_BACK),
        *[
            migrations.RunSQL(
                GUARD.format(vault=vault, column=column, rows=rows, row=row, at=at),
                RELEASE.format(vault=vault),
            )
            for vault, column, rows, row, at in VAULTS
        ],
    ]
