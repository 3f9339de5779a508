"""Whoever wrote the signs of a new case just before its head spares the server the look for them."""

from django.db import migrations

# one trigger as it was; now two, of which the first passes by what was said to be written in this transaction
TOGETHER = """
DROP TRIGGER cases_signs ON cases_case;
DROP TRIGGER IF EXISTS cases_signs_new ON cases_case;
CREATE TRIGGER cases_signs AFTER INSERT OR UPDATE OF title ON cases_case
    FOR EACH ROW EXECUTE FUNCTION cases_keep_signs();
"""
APART = """
DROP TRIGGER cases_signs ON cases_case;
CREATE TRIGGER cases_signs AFTER UPDATE OF title ON cases_case
    FOR EACH ROW EXECUTE FUNCTION cases_keep_signs();
CREATE TRIGGER cases_signs_new AFTER INSERT ON cases_case
    FOR EACH ROW WHEN (current_setting('linli.signed', true) IS DISTINCT FROM NEW.id::text)
    EXECUTE FUNCTION cases_keep_signs();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_quick_checks")]
    operations = [migrations.RunSQL(APART, TOGETHER)]
