"""Of several open accounts of one person that which she used last stays hers.

The others are tied anew at the counter; what they have open ends, as it was opened as somebody of the
register. Those with a password stand before those that were never used.
"""

from django.db import migrations

UNTIE = """
WITH several AS (
    SELECT a.id, row_number() OVER (
        PARTITION BY a.person_id, a.kind
        ORDER BY (a.state = 'active') DESC,
            (SELECT max(s.seen_at) FROM access_signin s WHERE s.account_id = a.id) DESC NULLS LAST,
            a.last_year DESC NULLS LAST, a.password_set_at DESC NULLS LAST, a.id) AS place
      FROM access_account a
     WHERE a.person_id IS NOT NULL AND a.state <> 'disabled' AND EXISTS (
        SELECT 1 FROM access_account b
         WHERE b.person_id = a.person_id AND b.kind = a.kind AND b.state <> 'disabled' AND b.id <> a.id)
), untied AS (
    UPDATE access_account a SET person_id = NULL FROM several
     WHERE several.id = a.id AND several.place > 1 RETURNING a.id
), out AS (
    UPDATE access_signin SET ended_at = now(), data = '{}'
     WHERE ended_at IS NULL AND account_id IN (SELECT id FROM untied)
), links AS (
    UPDATE access_onetimelink SET revoked_at = now()
     WHERE used_at IS NULL AND revoked_at IS NULL AND account_id IN (SELECT id FROM untied)
)
UPDATE access_apitoken SET revoked_at = now()
 WHERE revoked_at IS NULL AND account_id IN (SELECT id FROM untied)
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0007_two_people")]
    operations = [migrations.RunSQL(UNTIE, migrations.RunSQL.noop)]
