"""The tables; it stands for the migrations that led there (docs/adr/0025)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ("documents", "0001_papers_prints_seals_codes"), ("documents", "0002_electronic_seals"),
        ("documents", "0003_chain_of_a_seal"),
    ]

    initial = True

    dependencies = [
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=16, unique=True)),
                ('number', models.CharField(max_length=60)),
                ('template', models.CharField(max_length=80)),
                ('title', models.CharField(max_length=300)),
                ('language', models.CharField(max_length=8)),
                ('office', models.CharField(max_length=200)),
                ('place', models.CharField(db_collation='C', max_length=120)),
                ('town_code', models.CharField(blank=True, db_collation='C', max_length=12)),
                ('village_code', models.CharField(blank=True, db_collation='C', max_length=12)),
                ('about_kind', models.CharField(blank=True, max_length=60)),
                ('about_id', models.BigIntegerField(null=True)),
                ('level', models.PositiveSmallIntegerField()),
                ('needs_seal', models.BooleanField()),
                ('is_demo', models.BooleanField(default=False)),
                ('state', models.CharField(default='issued', max_length=12)),
                ('issued_at', models.DateTimeField()),
                ('account_id', models.BigIntegerField(null=True)),
                ('issued_by', models.CharField(max_length=120)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('unprintable', models.CharField(blank=True, max_length=40)),
                ('print_count', models.PositiveIntegerField(default=0)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by', models.CharField(blank=True, max_length=120)),
                ('withdrawn_reason', models.CharField(blank=True, max_length=300)),
                ('log_index', models.BigIntegerField(null=True)),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', '-id'], name='document_of_village'), models.Index(fields=['town_code', '-id'], name='document_of_town'), models.Index(fields=['account_id', '-id'], name='document_of_account'), models.Index(fields=['about_kind', 'about_id'], name='document_about'), models.Index(fields=['number'], name='document_number')],
                'constraints': [models.UniqueConstraint(fields=('place', 'number'), name='document_number_once'), models.CheckConstraint(condition=models.Q(('state__in', ['issued', 'withdrawn'])), name='document_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'issued'), ('withdrawn_at__isnull', True)), models.Q(('state', 'withdrawn'), ('withdrawn_at__isnull', False)), _connector='OR'), name='document_withdrawn_has_time')],
            },
        ),
        migrations.CreateModel(
            name='DocumentPrint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('account_id', models.BigIntegerField(null=True)),
                ('label', models.CharField(max_length=120)),
                ('copies', models.PositiveSmallIntegerField()),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='prints', to='documents.document')),
            ],
        ),
        migrations.CreateModel(
            name='SealUse',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30)),
                ('place', models.CharField(db_collation='C', max_length=120)),
                ('town_code', models.CharField(blank=True, db_collation='C', max_length=12)),
                ('village_code', models.CharField(blank=True, db_collation='C', max_length=12)),
                ('seal', models.CharField(default='official', max_length=12)),
                ('matter', models.CharField(max_length=300)),
                ('recipient', models.CharField(blank=True, max_length=200)),
                ('copies', models.PositiveSmallIntegerField()),
                ('state', models.CharField(default='requested', max_length=12)),
                ('account_id', models.BigIntegerField(null=True)),
                ('applicant', models.CharField(max_length=120)),
                ('requested_at', models.DateTimeField()),
                ('decided_by', models.CharField(blank=True, max_length=120)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decision_note', models.CharField(blank=True, max_length=300)),
                ('stamped_on', models.DateField(null=True)),
                ('stamped_by', models.CharField(blank=True, max_length=120)),
                ('stamped_copies', models.PositiveSmallIntegerField(null=True)),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='seal_uses', to='documents.document')),
            ],
            options={
                'indexes': [models.Index(fields=['village_code', '-id'], name='sealuse_of_village'), models.Index(fields=['town_code', '-id'], name='sealuse_of_town'), models.Index(fields=['account_id', '-id'], name='sealuse_of_account'), models.Index(condition=models.Q(('state__in', ['requested', 'approved'])), fields=['place', 'id'], name='sealuse_open')],
                'constraints': [models.UniqueConstraint(fields=('place', 'number'), name='sealuse_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('stamped_copies__gte', 1), ('stamped_on__isnull', False), ('state', 'stamped')), models.Q(models.Q(('state', 'stamped'), _negated=True), ('stamped_copies__isnull', True), ('stamped_on__isnull', True)), _connector='OR'), name='sealuse_stamped_has_day'), models.CheckConstraint(condition=models.Q(('copies__gte', 1)), name='sealuse_copies'), models.CheckConstraint(condition=models.Q(('state__in', ['requested', 'approved', 'stamped', 'refused', 'cancelled', 'sealed'])), name='sealuse_state_known')],
            },
        ),
        migrations.CreateModel(
            name='ShortCode',
            fields=[
                ('code', models.CharField(max_length=16, primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=60)),
                ('target_id', models.BigIntegerField()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'target_id'), name='shortcode_once')],
            },
        ),
        migrations.CreateModel(
            name='ElectronicSeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=24, unique=True)),
                ('place', models.CharField(db_collation='C', max_length=120)),
                ('state', models.CharField(default='asked', max_length=12)),
                ('sha256', models.CharField(max_length=64)),
                ('asked_at', models.DateTimeField()),
                ('asked_by', models.CharField(max_length=120)),
                ('look_at', models.DateTimeField()),
                ('tries', models.PositiveIntegerField(default=0)),
                ('fault', models.CharField(blank=True, max_length=60)),
                ('seal', models.CharField(blank=True, max_length=200)),
                ('certificate', models.CharField(blank=True, max_length=80)),
                ('signature', models.TextField(blank=True)),
                ('sealed_at', models.DateTimeField(null=True)),
                ('sealed_sha256', models.CharField(blank=True, max_length=64)),
                ('ended_at', models.DateTimeField(null=True)),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='electronic_seals', to='documents.document')),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('use', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='electronic', to='documents.sealuse')),
                ('chain', models.TextField(blank=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state', 'asked')), fields=['look_at'], name='electronicseal_looked_for')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'sealed', 'refused', 'called_off', 'revoked'])), name='electronicseal_state_known'), models.UniqueConstraint(condition=models.Q(('state__in', ['asked', 'sealed'])), fields=('document',), name='electronicseal_one_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['sealed', 'revoked']), _negated=True), models.Q(('file__isnull', False), ('sealed_at__isnull', False), models.Q(('certificate', ''), _negated=True)), _connector='OR'), name='electronicseal_sealed_is_whole')],
            },
        ),
    ]
