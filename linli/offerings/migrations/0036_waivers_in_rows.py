"""What was let off before there were rows gets one, with its reason; when that was stands in the trail."""

from __future__ import annotations

from django.db import migrations

ROWS = """
INSERT INTO offerings_waiver (application_id, amount_fen, reason, waived_at)
SELECT a.case_id, a.waived_fen, a.waived_why, c.changed_at
  FROM offerings_application a JOIN cases_case c ON c.id = a.case_id
 WHERE a.waived_fen > 0 AND NOT EXISTS (SELECT FROM offerings_waiver w WHERE w.application_id = a.case_id)
"""


class Migration(migrations.Migration):
    dependencies = [("offerings", "0035_waivers"), ("cases", "0027_for_other")]

    operations = [migrations.RunSQL(ROWS, migrations.RunSQL.noop)]
