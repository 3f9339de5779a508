"""No index for LIKE beside that of a unique word: 71 of them were written with each row and asked by nothing."""

from django.db import migrations

DROP = r"""
DO $$
DECLARE twice regclass;
BEGIN
    FOR twice IN
        SELECT i.indexrelid::regclass FROM pg_index i
          JOIN pg_class c ON c.oid = i.indexrelid
         WHERE c.relnamespace = 'public'::regnamespace AND c.relname LIKE '%\_like'
           AND NOT i.indisunique AND i.indpred IS NULL
           AND i.indclass[0] IN (SELECT oid FROM pg_opclass
                WHERE opcname IN ('varchar_pattern_ops', 'text_pattern_ops'))
    LOOP
        EXECUTE format('DROP INDEX %s', twice);
    END LOOP;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("runtime", "0003_headers_sealed")]

    operations = [migrations.RunSQL(DROP, migrations.RunSQL.noop)]
