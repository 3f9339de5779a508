"""Rate limits need not survive a crash: no write-ahead log, and room for updates in place."""

from django.db import migrations


class Migration(migrations.Migration):
    replaces = [("runtime", "0002_limits_unlogged")]
    dependencies = [("runtime", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE runtime_ratelimit SET UNLOGGED; "
            "ALTER TABLE runtime_ratelimit SET (fillfactor = 50)",
            "ALTER TABLE runtime_ratelimit RESET (fillfactor); "
            "ALTER TABLE runtime_ratelimit SET LOGGED",
        ),
    ]
