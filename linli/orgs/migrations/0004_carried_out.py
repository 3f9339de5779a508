from django.db import migrations, models

OPEN = "state IN ('proposed', 'submitted', 'returned', 'approved')"
# what was approved came up again at every look: the approval stands, and the latest of several
ONCE = f"""
UPDATE orgs_setupproposal p SET state = 'dropped', edition = edition + 1
WHERE {OPEN} AND EXISTS (
    SELECT 1 FROM orgs_setupproposal q
    WHERE q.place_id = p.place_id AND q.kind = p.kind AND q.state = 'approved'
      AND q.organisation_id IS NOT DISTINCT FROM p.organisation_id
      AND q.spot_id IS NOT DISTINCT FROM p.spot_id
      AND (p.state <> 'approved' OR q.id > p.id))
"""


class Migration(migrations.Migration):
    dependencies = [('orgs', '0003_staff_list')]

    operations = [
        migrations.RunSQL(ONCE, migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name='setupproposal', name='setupproposal_state_known'
        ),
        migrations.AddConstraint(
            model_name='setupproposal',
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ('state__in', ['proposed', 'submitted', 'approved', 'returned', 'carried_out', 'dropped'])
                ),
                name='setupproposal_state_known',
            ),
        ),
        migrations.RemoveConstraint(model_name='setupproposal', name='setupproposal_one_open'),
        migrations.AddConstraint(
            model_name='setupproposal',
            constraint=models.UniqueConstraint(
                condition=models.Q(('state__in', ['proposed', 'submitted', 'returned', 'approved'])),
                fields=('place', 'kind', 'organisation', 'spot'),
                name='setupproposal_one_open',
                nulls_distinct=False,
            ),
        ),
    ]
