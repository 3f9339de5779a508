"""The tables; it stands for the migrations that led there (docs/adr/0025)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ("notify", "0001_messages_deliveries_consents_counters"), ("notify", "0002_email_and_ways"),
        ("notify", "0003_latest_deliveries"), ("notify", "0004_urgent_due"),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='SimulatedSms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=24)),
                ('phone', models.CharField(db_index=True, max_length=254)),
                ('text', models.TextField()),
                ('at', models.DateTimeField()),
                ('is_reported', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Counter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(db_collation='C', max_length=160)),
                ('period', models.CharField(db_collation='C', max_length=20)),
                ('used', models.PositiveBigIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('subject', 'period'), name='counter_once')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=16, unique=True)),
                ('template', models.CharField(max_length=80)),
                ('purpose', models.CharField(max_length=60)),
                ('account_id', models.BigIntegerField(null=True)),
                ('person_id', models.BigIntegerField(null=True)),
                ('post_id', models.BigIntegerField(null=True)),
                ('place', models.CharField(blank=True, db_collation='C', max_length=120)),
                ('language', models.CharField(max_length=8)),
                ('subject', models.CharField(max_length=200)),
                ('body', models.TextField()),
                ('link', models.JSONField(null=True)),
                ('level', models.PositiveSmallIntegerField()),
                ('is_urgent', models.BooleanField(default=False)),
                ('created_at', models.DateTimeField()),
                ('read_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['account_id', '-id'], name='message_of_account'), models.Index(fields=['person_id', '-id'], name='message_of_person'), models.Index(fields=['post_id', '-id'], name='message_of_post'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['account_id'], name='message_unread_account'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['person_id'], name='message_unread_person'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['post_id'], name='message_unread_post'), models.Index(fields=['created_at'], name='message_age')],
                'constraints': [models.CheckConstraint(condition=models.Q(('account_id__isnull', False), ('person_id__isnull', False), ('post_id__isnull', False), _connector='OR'), name='message_is_for_somebody')],
            },
        ),
        migrations.CreateModel(
            name='MessageConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account_id', models.BigIntegerField(null=True)),
                ('person_id', models.BigIntegerField(null=True)),
                ('purpose', models.CharField(max_length=60)),
                ('version', models.PositiveSmallIntegerField()),
                ('given_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('account_id__isnull', False), ('withdrawn_at__isnull', True)), fields=('account_id', 'purpose'), name='messageconsent_account'), models.UniqueConstraint(condition=models.Q(('person_id__isnull', False), ('withdrawn_at__isnull', True)), fields=('person_id', 'purpose'), name='messageconsent_person'), models.CheckConstraint(condition=models.Q(('account_id__isnull', False), ('person_id__isnull', False), _connector='OR'), name='messageconsent_of_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=24, unique=True)),
                ('template', models.CharField(max_length=80)),
                ('purpose', models.CharField(max_length=60)),
                ('channel', models.CharField(max_length=8)),
                ('place', models.CharField(blank=True, db_collation='C', max_length=120)),
                ('account_id', models.BigIntegerField(null=True)),
                ('person_id', models.BigIntegerField(null=True)),
                ('language', models.CharField(max_length=8)),
                ('is_staff', models.BooleanField(default=False)),
                ('is_urgent', models.BooleanField(default=False)),
                ('address', models.BinaryField(null=True)),
                ('masked', models.CharField(blank=True, max_length=60)),
                ('subject', models.CharField(blank=True, max_length=200)),
                ('text', models.BinaryField(null=True)),
                ('state', models.CharField(default='queued', max_length=10)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField()),
                ('reason', models.CharField(blank=True, max_length=60)),
                ('gateway_ref', models.CharField(blank=True, max_length=80)),
                ('cost_fen', models.PositiveIntegerField(default=0)),
                ('created_at', models.DateTimeField()),
                ('sent_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='deliveries', to='notify.message')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['queued', 'held', 'sending'])), fields=['due_at', 'id'], name='delivery_due'), models.Index(fields=['created_at'], name='delivery_age'), models.Index(fields=['place', '-created_at', '-id'], name='delivery_latest_at_place'), models.Index(fields=['state', '-created_at', '-id'], name='delivery_latest_by_state'), models.Index(condition=models.Q(('is_urgent', True), ('state__in', ['queued', 'held', 'sending'])), fields=['due_at', 'id'], name='delivery_urgent_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'held', 'sending', 'sent', 'delivered', 'skipped', 'dead'])), name='delivery_state_known'), models.CheckConstraint(condition=models.Q(('channel__in', ['sms', 'email'])), name='delivery_channel_known'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['delivered', 'skipped']), _negated=True), models.Q(('address__isnull', True), ('ended_at__isnull', False), ('text__isnull', True)), _connector='OR'), name='delivery_ended_is_empty')],
            },
        ),
        migrations.CreateModel(
            name='EmailAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account_id', models.BigIntegerField(unique=True)),
                ('person_id', models.BigIntegerField(db_index=True, null=True)),
                ('address', models.BinaryField()),
                ('masked', models.CharField(max_length=80)),
                ('code_hash', models.BinaryField(null=True)),
                ('code_ends_at', models.DateTimeField(null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('asked_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ChannelChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account_id', models.BigIntegerField()),
                ('person_id', models.BigIntegerField(db_index=True, null=True)),
                ('purpose', models.CharField(max_length=60)),
                ('channel', models.CharField(max_length=8)),
                ('is_wanted', models.BooleanField()),
                ('chosen_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('account_id', 'purpose', 'channel'), name='channelchoice_once'), models.CheckConstraint(condition=models.Q(('channel__in', ['sms', 'email'])), name='channelchoice_channel_known')],
            },
        ),
    ]
