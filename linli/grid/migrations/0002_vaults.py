"""Row security on the vaults: who sees personal data of the village, or the system.

What a neighbour said of a head: the system alone, which has asked for the head first. Paths are
compared byte by byte (collation C) and never with an empty scope, which would be before every path
and show everything.
"""

from django.db import migrations

SYSTEM = "nullif(current_setting('linli.system', true), '') = 'on'"
OF_PLACE = """
        {system}
        OR EXISTS (
            SELECT 1
            FROM {table} AS {row},
                 unnest(nullif(current_setting('linli.scopes', true), '')::text[]) AS scope (path)
            WHERE {row}.id = {vault}.{column}
              AND scope.path <> ''
              AND {row}.path >= scope.path COLLATE "C"
              AND {row}.path < (scope.path || '~') COLLATE "C"
        )
"""
GUARD = """
    ALTER TABLE {vault} ENABLE ROW LEVEL SECURITY;
    ALTER TABLE {vault} FORCE ROW LEVEL SECURITY;
    CREATE POLICY {vault}_seen ON {vault} USING ({seen});
"""
RELEASE = """
    DROP POLICY {vault}_seen ON {vault};
    ALTER TABLE {vault} NO FORCE ROW LEVEL SECURITY;
    ALTER TABLE {vault} DISABLE ROW LEVEL SECURITY;
"""
# the vault, its column, and the rows that it hides something of
VAULTS = (
    ("grid_contactvault", "contact_id", "grid_cellcontact", "named"),
    ("grid_headvault", "head_id", "grid_headship", "head"),
    ("grid_stormhomevault", "home_id", "grid_stormhome", "home"),
)
SEEN = {
    "grid_wordvault": SYSTEM,
    **{
        vault: OF_PLACE.format(system=SYSTEM, vault=vault, column=column, table=table, row=row)
        for vault, column, table, row in VAULTS
    },
}


class Migration(migrations.Migration):
    replaces = [
        ("grid", "0002_row_security"), ("grid", "0004_row_security_of_heads"),
        ("grid", "0008_row_security_of_homes"),
    ]
    dependencies = [("grid", "0001_initial")]

    operations = [
        migrations.RunSQL(GUARD.format(vault=vault, seen=seen), RELEASE.format(vault=vault))
        for vault, seen in SEEN.items()
    ]
