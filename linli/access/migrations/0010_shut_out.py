"""Posts whose holder's accounts are all closed already: their work falls to others from now on."""

from django.db import migrations

SHUT_OUT = """
UPDATE orgs_postholding h SET is_shut_out = true
 WHERE (h.until IS NULL OR h.until > current_date)
   AND EXISTS (SELECT 1 FROM access_account a WHERE a.state = 'disabled'
        AND (a.id = h.account_id OR a.kind = 'staff' AND a.person_id = h.person_id))
   AND NOT EXISTS (SELECT 1 FROM access_account a WHERE a.state <> 'disabled'
        AND (a.id = h.account_id OR a.kind = 'staff' AND a.person_id = h.person_id))
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0009_one_account_of_person"), ("orgs", "0006_shut_out")]
    operations = [migrations.RunSQL(SHUT_OUT, migrations.RunSQL.noop)]
