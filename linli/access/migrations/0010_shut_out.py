"""Posts whose holder's accounts are all closed already: their work falls to others from now on."""

from django.db import migrations

# an account stands for a holder by itself, or by whichever of her joined entries it is tied to
STANDING = """
    SELECT a.state FROM access_account a WHERE a.id = h.account_id
    UNION ALL
    SELECT a.state FROM people_person person
      JOIN people_person e ON e.id = coalesce(person.merged_into_id, person.id)
        OR e.merged_into_id = coalesce(person.merged_into_id, person.id)
      JOIN access_account a ON a.person_id = e.id AND a.kind = 'staff'
     WHERE person.id = h.person_id
"""
SHUT_OUT = f"""
UPDATE orgs_postholding h SET is_shut_out = true
 WHERE (h.until IS NULL OR h.until > current_date)
   AND (SELECT bool_and(standing.state = 'disabled') FROM ({STANDING}) standing)
"""  # noqa: S608 - our own constants


class Migration(migrations.Migration):
    dependencies = [("access", "0009_one_account_of_person"), ("orgs", "0006_shut_out")]
    operations = [migrations.RunSQL(SHUT_OUT, migrations.RunSQL.noop)]
