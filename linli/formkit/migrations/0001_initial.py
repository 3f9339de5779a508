"""The tables; it stands for the migrations that led there (docs/adr/0025)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ("formkit", "0001_forms_versions_drafts"), ("formkit", "0003_no_index_twice"),
        ("formkit", "0004_one_draft_again"),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Form',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60, unique=True)),
                ('title', models.CharField(max_length=120)),
                ('title_en', models.CharField(max_length=200)),
                ('place', models.CharField(db_collation='C', max_length=120)),
                ('audience', models.CharField(max_length=10)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(max_length=120)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['-changed_at', '-id'], name='form_newest'), models.Index(fields=['place', '-changed_at'], name='form_of_place')],
                'constraints': [models.CheckConstraint(condition=models.Q(('audience__in', ['residents', 'staff'])), name='form_audience_known')],
            },
        ),
        migrations.CreateModel(
            name='FormVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('spec', models.JSONField()),
                ('state', models.CharField(default='draft', max_length=10)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('checksum', models.CharField(blank=True, max_length=64)),
                ('basis', models.CharField(blank=True, max_length=300)),
                ('saved_at', models.DateTimeField()),
                ('saved_by', models.CharField(max_length=120)),
                ('published_at', models.DateTimeField(null=True)),
                ('published_by', models.CharField(blank=True, max_length=120)),
                ('retired_at', models.DateTimeField(null=True)),
                ('form', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='formkit.form')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('form', 'number'), name='formversion_once'), models.UniqueConstraint(condition=models.Q(('state', 'draft')), fields=('form',), name='formversion_one_draft'), models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('form',), name='formversion_one_in_force'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'published', 'retired'])), name='formversion_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('checksum', ''), ('published_at__isnull', True), ('state', 'draft')), models.Q(models.Q(('state', 'draft'), _negated=True), ('published_at__isnull', False), models.Q(('checksum', ''), _negated=True)), _connector='OR'), name='formversion_published_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='FormRevision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition', models.PositiveIntegerField()),
                ('spec', models.JSONField()),
                ('step', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('label', models.CharField(max_length=120)),
                ('version', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='revisions', to='formkit.formversion')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('version', 'edition'), name='formrevision_once')],
            },
        ),
        migrations.CreateModel(
            name='FormDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.CharField(max_length=64, unique=True)),
                ('purpose', models.CharField(max_length=60)),
                ('account_id', models.BigIntegerField(null=True)),
                ('body_sealed', models.BinaryField()),
                ('edition', models.PositiveIntegerField(default=1)),
                ('started_at', models.DateTimeField()),
                ('kept_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drafts', to='formkit.formversion')),
            ],
            options={
                'indexes': [models.Index(fields=['account_id', '-kept_at'], name='formdraft_of_account'), models.Index(fields=['ends_at'], name='formdraft_due')],
            },
        ),
        migrations.CreateModel(
            name='FormTest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120)),
                ('given', models.JSONField()),
                ('faults', models.JSONField()),
                ('values', models.JSONField()),
                ('on', models.DateField()),
                ('made_at', models.DateTimeField()),
                ('form', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='tests', to='formkit.form')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('form', 'name'), name='formtest_once')],
            },
        ),
    ]
