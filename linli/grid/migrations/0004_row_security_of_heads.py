"""Row security on what heads and their neighbours left.

A head's telephone: who sees personal data of the village, or the system. What a neighbour said:
the system alone, which has asked for the head first.
"""

from django.db import migrations

SYSTEM = "nullif(current_setting('linli.system', true), '') = 'on'"
HEADS = f"""
        {SYSTEM}
        OR EXISTS (
            SELECT 1
            FROM grid_headship AS head,
                 unnest(nullif(current_setting('linli.scopes', true), '')::text[]) AS scope (path)
            WHERE head.id = grid_headvault.head_id
              AND scope.path <> ''
              AND head.path >= scope.path COLLATE "C"
              AND head.path < (scope.path || '~') COLLATE "C"
        )
"""
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
SEEN = {"grid_headvault": HEADS, "grid_wordvault": SYSTEM}


class Migration(migrations.Migration):
    dependencies = [("grid", "0003_heads")]

    operations = [
        migrations.RunSQL(GUARD.format(table=table, seen=seen), RELEASE.format(table=table))
        for table, seen in SEEN.items()
    ]
