"""The signs of words that were released before their table."""

from django.db import migrations

FILL = """
INSERT INTO cases_wordsigns (event_id, signs)
SELECT event_id, cases_signs_of(shown) FROM cases_publicwords WHERE shown IS NOT NULL
ON CONFLICT DO NOTHING;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0014_signs_of_words")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
