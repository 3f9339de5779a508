"""The signs of a new case go ahead of its head; whoever writes a head without them has them made as before."""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("linli.cases.migrations.0002_events_states_signs").KEEP_SIGNS.replace(
    "CREATE FUNCTION", "CREATE OR REPLACE FUNCTION"
)
AHEAD = """BEGIN
    IF TG_OP = 'INSERT' AND EXISTS (SELECT FROM cases_casesigns WHERE case_id = NEW.id) THEN
        RETURN NULL;
    END IF;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_closed_by_category")]
    operations = [migrations.RunSQL(BEFORE.replace("BEGIN\n", AHEAD, 1), BEFORE)]
