"""Of several open accounts of one person the first stays hers; the others are tied anew at the counter."""

from django.db import migrations

UNTIE = """
UPDATE access_account a SET person_id = NULL
 WHERE a.person_id IS NOT NULL AND a.state <> 'disabled' AND EXISTS (
    SELECT 1 FROM access_account b
     WHERE b.person_id = a.person_id AND b.kind = a.kind AND b.state <> 'disabled' AND b.id < a.id)
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0007_two_people")]
    operations = [migrations.RunSQL(UNTIE, migrations.RunSQL.noop)]
