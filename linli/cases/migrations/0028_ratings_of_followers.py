"""Whoever reported the same as others rates the case that stands for hers; of a matter one rating counts.

Columns without a default: no row is written. The indexes are built over ratings and calls alone, half a
second for a million of them.
"""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0027_for_other'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='callback',
            name='cases_call_once',
        ),
        migrations.RemoveConstraint(
            model_name='rating',
            name='cases_rating_once',
        ),
        migrations.AddField(
            model_name='callback',
            name='by_case',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case'),
        ),
        migrations.AddField(
            model_name='rating',
            name='by_case',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case'),
        ),
        migrations.AddIndex(
            model_name='callback',
            index=models.Index(condition=models.Q(('by_case__isnull', False)), fields=['by_case'], name='cases_calls_of_joined'),
        ),
        migrations.AddConstraint(
            model_name='callback',
            constraint=models.UniqueConstraint(condition=models.Q(('done_at__isnull', True)), fields=('case', 'cycle', 'by_case'), name='cases_call_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(fields=('case', 'cycle', 'by_case'), name='cases_rating_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.UniqueConstraint(condition=models.Q(('counts', True)), fields=('case', 'cycle'), name='cases_rating_counts_once'),
        ),
    ]
