"""Whose entry was erased before: her name goes from rolls and from the undoing of joinings too."""

from django.db import migrations

ROLLS = """
    UPDATE people_rollentry AS e SET name_key = '', evidence = '', ended_because = ''
      FROM people_person AS p WHERE p.id = e.person_id AND p.name = '';
"""
PAIRS = """
    UPDATE people_duplicatepair AS d SET undo = NULL, reason = ''
      FROM people_person AS p WHERE p.id IN (d.one_id, d.other_id) AND p.name = '';
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0005_no_index_twice")]

    # what was erased does not come back
    operations = [
        migrations.RunSQL(ROLLS, migrations.RunSQL.noop),
        migrations.RunSQL(PAIRS, migrations.RunSQL.noop),
    ]
