"""The tables; it stands for the migrations that led there (docs/adr/0025)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [("files", "0001_stored_files_and_derivatives"), ("files", "0002_no_index_twice")]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=16, unique=True)),
                ('owner_kind', models.CharField(max_length=60)),
                ('owner_id', models.BigIntegerField()),
                ('place', models.CharField(blank=True, db_collation='C', max_length=120)),
                ('kind', models.CharField(max_length=8)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('size', models.PositiveBigIntegerField()),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('storage_name', models.CharField(blank=True, db_index=True, max_length=120)),
                ('content_key', models.BinaryField(null=True)),
                ('width', models.PositiveIntegerField(null=True)),
                ('height', models.PositiveIntegerField(null=True)),
                ('level', models.PositiveSmallIntegerField()),
                ('account_id', models.BigIntegerField(null=True)),
                ('is_made', models.BooleanField(default=False)),
                ('state', models.CharField(default='kept', max_length=8)),
                ('stored_at', models.DateTimeField()),
                ('retention_until', models.DateField(null=True)),
                ('erased_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['owner_kind', 'owner_id', 'id'], name='storedfile_owner'), models.Index(condition=models.Q(('state', 'kept')), fields=['retention_until'], name='storedfile_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['kept', 'erased'])), name='storedfile_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('erased_at__isnull', True), ('state', 'kept')), models.Q(('content_key__isnull', True), ('erased_at__isnull', False), ('name', ''), ('state', 'erased'), ('storage_name', '')), _connector='OR'), name='storedfile_erased_is_empty'), models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 8)), name='storedfile_level'), models.CheckConstraint(condition=models.Q(('level__lt', 5), ('content_key__isnull', False), ('state', 'erased'), _connector='OR'), name='storedfile_vault_is_sealed')],
            },
        ),
        migrations.CreateModel(
            name='Derivative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(max_length=8)),
                ('storage_name', models.CharField(db_index=True, max_length=120)),
                ('width', models.PositiveIntegerField()),
                ('height', models.PositiveIntegerField()),
                ('size', models.PositiveBigIntegerField()),
                ('file', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='derivatives', to='files.storedfile')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('file', 'side'), name='derivative_once')],
            },
        ),
    ]
