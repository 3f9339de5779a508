"""The tables; it stands for the migrations that led there (docs/adr/0025)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ("notices", "0001_postings_versions_places"), ("notices", "0003_no_index_twice"),
        ("notices", "0004_one_open_version_again"),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=16, unique=True)),
                ('number', models.CharField(blank=True, max_length=30)),
                ('category', models.CharField(max_length=20)),
                ('place', models.CharField(db_collation='C', max_length=120)),
                ('town_code', models.CharField(blank=True, db_collation='C', max_length=12)),
                ('village_code', models.CharField(blank=True, db_collation='C', max_length=12)),
                ('office_id', models.BigIntegerField(null=True)),
                ('office', models.CharField(max_length=200)),
                ('post_id', models.BigIntegerField(null=True)),
                ('state', models.CharField(default='prepared', max_length=12)),
                ('reach', models.CharField(default='below', max_length=8)),
                ('first_day', models.DateField(null=True)),
                ('days', models.PositiveSmallIntegerField()),
                ('unit', models.CharField(default='days', max_length=16)),
                ('last_day', models.DateField(null=True)),
                ('is_provisional', models.BooleanField(default=False)),
                ('law', models.JSONField(null=True)),
                ('made_at', models.DateTimeField()),
                ('made_by', models.CharField(max_length=120)),
                ('changed_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_on', models.DateField(null=True)),
                ('withdrawn_by', models.CharField(blank=True, max_length=120)),
                ('withdrawn_reason', models.CharField(blank=True, max_length=300)),
                ('is_hidden', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(fields=['-first_day', '-id'], name='posting_newest'), models.Index(fields=['place', '-changed_at', '-id'], name='posting_of_place'), models.Index(condition=models.Q(('state', 'published')), fields=['place', 'last_day'], name='posting_ends')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('number', ''), _negated=True), fields=('place', 'number'), name='posting_number_once'), models.CheckConstraint(condition=models.Q(('state__in', ['prepared', 'published', 'withdrawn', 'dropped'])), name='posting_state_known'), models.CheckConstraint(condition=models.Q(('category__in', ['publicity', 'resolution', 'affairs', 'finance', 'election', 'meeting', 'tender', 'recruitment', 'service', 'safety', 'other'])), name='posting_category_known'), models.CheckConstraint(condition=models.Q(('reach__in', ['below', 'listed'])), name='posting_reach_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), ('withdrawn_at__isnull', False), ('withdrawn_on__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), models.Q(models.Q(('state', 'withdrawn'), _negated=True), ('is_hidden', False), ('withdrawn_at__isnull', True)), _connector='OR'), name='posting_withdrawn_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='PostingVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('state', models.CharField(default='draft', max_length=10)),
                ('title', models.CharField(max_length=120)),
                ('body', models.TextField()),
                ('basis', models.CharField(blank=True, max_length=200)),
                ('contact', models.CharField(max_length=200)),
                ('objection', models.CharField(blank=True, max_length=300)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('restarts', models.BooleanField(default=False)),
                ('files', models.JSONField(default=list)),
                ('edition', models.PositiveIntegerField(default=1)),
                ('account_id', models.BigIntegerField(null=True)),
                ('saved_at', models.DateTimeField()),
                ('saved_by', models.CharField(max_length=120)),
                ('returned', models.CharField(blank=True, max_length=300)),
                ('published_at', models.DateTimeField(null=True)),
                ('published_by', models.CharField(blank=True, max_length=120)),
                ('checksum', models.CharField(blank=True, max_length=64)),
                ('log_index', models.BigIntegerField(null=True)),
                ('posting', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='notices.posting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('posting', 'number'), name='postingversion_once'), models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'waiting'])), fields=('posting',), name='postingversion_one_open'), models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'waiting', 'published', 'dropped'])), name='postingversion_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', False), ('state', 'published'), models.Q(('checksum', ''), _negated=True)), models.Q(models.Q(('state', 'published'), _negated=True), ('checksum', ''), ('published_at__isnull', True)), _connector='OR'), name='postingversion_published_is_whole')],
            },
        ),
        migrations.CreateModel(
            name='PostingPlace',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(db_collation='C', max_length=120)),
                ('posting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='places', to='notices.posting')),
            ],
            options={
                'indexes': [models.Index(fields=['path', 'posting'], name='postingplace_path')],
            },
        ),
        migrations.AddField(
            model_name='posting',
            name='current',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='notices.postingversion'),
        ),
        migrations.AddField(
            model_name='posting',
            name='open',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='notices.postingversion'),
        ),
        migrations.AddConstraint(
            model_name='posting',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('current__isnull', True), ('state__in', ['prepared', 'dropped'])), models.Q(('current__isnull', False), ('first_day__isnull', False), ('last_day__gte', models.F('first_day')), ('published_at__isnull', False), ('state__in', ['published', 'withdrawn'])), _connector='OR'), name='posting_published_has_days'),
        ),
    ]
