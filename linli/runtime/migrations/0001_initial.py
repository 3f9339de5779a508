"""The tables; it stands for the migrations that led there (docs/adr/0025)."""

from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ("runtime", "0001_keys_limits_numbers_jobs_views"), ("runtime", "0003_headers_sealed"),
        ("runtime", "0004_no_index_for_like"), ("runtime", "0005_longjob_by_key"),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='IdempotencyKey',
            fields=[
                ('digest', models.BinaryField(primary_key=True, serialize=False)),
                ('fingerprint', models.BinaryField()),
                ('at', models.DateTimeField(db_index=True)),
                ('status', models.PositiveSmallIntegerField(null=True)),
                ('body', models.BinaryField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='LongJob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=12, unique=True)),
                ('kind', models.CharField(max_length=60)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('state', models.CharField(default='queued', max_length=12)),
                ('place', models.CharField(blank=True, db_collation='C', max_length=120)),
                ('account_id', models.BigIntegerField(null=True)),
                ('actor', models.JSONField(default=dict)),
                ('params', models.JSONField(default=dict)),
                ('attempt', models.PositiveSmallIntegerField(default=1)),
                ('done', models.PositiveBigIntegerField(default=0)),
                ('total', models.PositiveBigIntegerField(null=True)),
                ('text', models.CharField(blank=True, max_length=300)),
                ('checkpoint', models.JSONField(default=dict)),
                ('is_cancel_asked', models.BooleanField(default=False)),
                ('error_code', models.CharField(blank=True, max_length=60)),
                ('error', models.TextField(blank=True)),
                ('result', models.JSONField(null=True)),
                ('queued_at', models.DateTimeField()),
                ('began_at', models.DateTimeField(null=True)),
                ('heartbeat_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('by_key', models.CharField(blank=True, db_default='', default='', max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['account_id', '-id'], name='longjob_of_account'), models.Index(fields=['place', '-id'], name='longjob_at_place'), models.Index(condition=models.Q(('state__in', ['queued', 'running'])), fields=['state', 'heartbeat_at'], name='longjob_open'), models.Index(fields=['ended_at'], name='longjob_ended')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'failed', 'cancelled'])), name='longjob_state_known'), models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running']), ('ended_at__isnull', False), _connector='OR'), name='longjob_ended_has_time')],
            },
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('series', models.CharField(max_length=8)),
                ('place', models.CharField(blank=True, db_collation='C', max_length=120)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField()),
                ('last_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('series', 'place', 'year'), name='numberseries_once')],
            },
        ),
        migrations.CreateModel(
            name='RateLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bucket', models.CharField(max_length=60)),
                ('subject', models.BinaryField()),
                ('arrival', models.DateTimeField(db_index=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('bucket', 'subject'), name='ratelimit_once')],
            },
        ),
        migrations.CreateModel(
            name='SavedView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account_id', models.BigIntegerField()),
                ('post_id', models.BigIntegerField(db_index=True, null=True)),
                ('list_name', models.CharField(max_length=80)),
                ('name', models.CharField(max_length=60)),
                ('query', models.CharField(blank=True, max_length=2000)),
                ('created_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account_id', 'list_name', 'name'), name='savedview_name_once')],
            },
        ),
    ]
