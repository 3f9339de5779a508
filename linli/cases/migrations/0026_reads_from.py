"""Whoever reported the same as others reads words of the office from now on: what was said before was for one reporter."""

from django.db import migrations, models
from django.db.models.functions import Now


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0025_one_lead_again'),
    ]

    operations = [
        # the moment of the change is kept once for all rows that are there: no row is written
        migrations.AddField(
            model_name='caselink',
            name='reads_from',
            field=models.DateTimeField(db_default=Now()),
        ),
    ]
