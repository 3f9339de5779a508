"""Cases of applications that somebody filed for another say so, as new ones do.

Only those with an account are asked about: by the index of these, a small part of all cases.
"""

from __future__ import annotations

from django.db import migrations

MARK = """
UPDATE cases_reporter r SET is_for_other = true
  FROM offerings_application a
 WHERE a.case_id = r.case_id AND r.account_id IS NOT NULL AND a.person_id IS NULL
   AND (a.agent_masked <> '' OR a.name_masked <> '')
"""


class Migration(migrations.Migration):
    dependencies = [("offerings", "0032_asked_once_more"), ("cases", "0027_for_other")]

    operations = [migrations.RunSQL(MARK, migrations.RunSQL.noop)]
