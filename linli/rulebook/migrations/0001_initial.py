"""The tables; it stands for the migrations that led there (docs/adr/0025)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [("rulebook", "0001_values_and_calendar")]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='CalendarDay',
            fields=[
                ('day', models.DateField(primary_key=True, serialize=False)),
                ('is_work', models.BooleanField()),
                ('name', models.CharField(blank=True, max_length=60)),
                ('source', models.CharField(max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='CalendarYear',
            fields=[
                ('year', models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                ('is_published', models.BooleanField()),
                ('source', models.CharField(max_length=200)),
                ('loaded_by', models.CharField(max_length=120)),
                ('loaded_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveBigIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name='LocalValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80)),
                ('jurisdiction', models.CharField(db_collation='C', max_length=140)),
                ('level', models.CharField(max_length=10)),
                ('place', models.CharField(db_collation='C', max_length=120)),
                ('body_id', models.BigIntegerField(null=True)),
                ('value', models.JSONField()),
                ('reading', models.CharField(blank=True, max_length=40)),
                ('document_number', models.CharField(max_length=80)),
                ('document_date', models.DateField()),
                ('issuer', models.CharField(max_length=120)),
                ('note', models.CharField(blank=True, max_length=500)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('withdrawn_from', models.DateField(null=True)),
                ('withdrawal_document', models.CharField(blank=True, max_length=80)),
                ('withdrawal_reason', models.CharField(blank=True, max_length=500)),
                ('added_by', models.CharField(max_length=120)),
                ('added_at', models.DateTimeField()),
                ('withdrawn_by', models.CharField(blank=True, max_length=120)),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['key', 'jurisdiction', 'valid_from'], name='localvalue_by_key'), models.Index(fields=['place', 'valid_from', 'id'], name='localvalue_by_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(('level__in', ['province', 'city', 'town', 'village', 'body'])), name='localvalue_level_known'), models.CheckConstraint(condition=models.Q(models.Q(('document_number', ''), _negated=True), models.Q(('issuer', ''), _negated=True)), name='localvalue_has_document'), models.CheckConstraint(condition=models.Q(models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), models.Q(('withdrawn_from__isnull', True), ('withdrawn_from__gte', models.F('valid_from')), _connector='OR')), name='localvalue_dates_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_from__isnull', True)), models.Q(('withdrawn_at__isnull', False), ('withdrawn_from__isnull', False), models.Q(('withdrawal_reason', ''), _negated=True)), _connector='OR'), name='localvalue_withdrawal_whole'), models.CheckConstraint(condition=models.Q(models.Q(('body_id__isnull', False), ('level', 'body')), models.Q(models.Q(('level', 'body'), _negated=True), ('body_id__isnull', True)), _connector='OR'), name='localvalue_body_has_id')],
            },
        ),
    ]
