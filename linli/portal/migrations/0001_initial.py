"""The tables; it stands for the migrations that led there (docs/adr/0025)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ("portal", "0001_feedback"), ("portal", "0002_reopened_on"),
        ("portal", "0003_feedback_told"), ("portal", "0004_earlier_codes"),
        ("portal", "0005_feedback_becomes_cases"), ("portal", "0006_feedback_views"),
        ("portal", "0007_feedback_has_gone"),
    ]

    initial = True

    dependencies = [
        ('cases', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='EarlierCode',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='cases.case')),
                ('digest', models.BinaryField(unique=True)),
            ],
        ),
    ]
