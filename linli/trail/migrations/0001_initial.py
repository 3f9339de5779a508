"""The tables; it stands for the migrations that led there (docs/adr/0025)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [("trail", "0001_entries_seals_epochs")]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Epoch',
            fields=[
                ('number', models.PositiveIntegerField(primary_key=True, serialize=False)),
                ('cluster', models.BigIntegerField()),
                ('began_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Seal',
            fields=[
                ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                ('epoch', models.IntegerField()),
                ('xid', models.BigIntegerField()),
                ('entry_id', models.BigIntegerField(unique=True)),
                ('algorithm', models.TextField()),
                ('hash', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('epoch', models.IntegerField()),
                ('xid', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('account_id', models.BigIntegerField(null=True)),
                ('acting_for', models.BigIntegerField(null=True)),
                ('label', models.TextField()),
                ('post_id', models.BigIntegerField(null=True)),
                ('verb', models.TextField()),
                ('kind', models.TextField()),
                ('key', models.TextField()),
                ('path', models.TextField(db_collation='C')),
                ('town', models.TextField(db_collation='C')),
                ('village', models.TextField(db_collation='C')),
                ('person_id', models.BigIntegerField(null=True)),
                ('purpose', models.TextField()),
                ('level', models.PositiveSmallIntegerField()),
                ('details', models.JSONField()),
                ('outcome', models.TextField()),
                ('mark', models.BinaryField()),
            ],
            options={
                'indexes': [models.Index(fields=['at', 'id'], name='trail_entry_by_time'), models.Index(fields=['town', 'at', 'id'], name='trail_entry_of_town'), models.Index(condition=models.Q(('village', ''), _negated=True), fields=['village', 'at', 'id'], name='trail_entry_of_village'), models.Index(condition=models.Q(('person_id__isnull', False)), fields=['person_id', 'at', 'id'], name='trail_entry_about_person'), models.Index(fields=['kind', 'key', 'at', 'id'], name='trail_entry_on_thing')],
                'constraints': [models.UniqueConstraint(fields=('epoch', 'xid', 'id'), name='trail_entry_in_order'), models.CheckConstraint(condition=models.Q(('outcome__in', ['done', 'refused', 'read'])), name='trail_entry_outcome_known')],
            },
        ),
    ]
