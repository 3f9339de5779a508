"""The signs of cases that were there before their table."""

from django.db import migrations

FILL = """
INSERT INTO cases_casesigns (case_id, signs)
SELECT id, cases_signs_of(number || ' ' || title) FROM cases_case ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_signs")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
