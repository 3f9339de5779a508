"""The tables; it stands for the migrations that led there (docs/adr/0025)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ("people", "0001_people"), ("people", "0004_reminders"), ("people", "0005_no_index_twice"),
        ("people", "0006_names_of_the_erased"), ("people", "0007_parting"),
        ("people", "0008_what_goes"),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('other_name', models.CharField(blank=True, db_default='', default='', max_length=60)),
                ('sex', models.CharField(default='unknown', max_length=7)),
                ('born_on', models.DateField(null=True)),
                ('died_on', models.DateField(null=True)),
                ('is_synthetic', models.BooleanField(db_default=False, default=False)),
                ('version', models.PositiveIntegerField(db_default=1, default=1)),
                ('changed_at', models.DateTimeField()),
                ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('sex__in', ['male', 'female', 'unknown'])), name='person_sex_known'), models.CheckConstraint(condition=models.Q(('died_on__isnull', True), ('born_on__isnull', True), ('died_on__gte', models.F('born_on')), _connector='OR'), name='person_dies_after_birth'), models.CheckConstraint(condition=models.Q(('merged_into', models.F('id')), _negated=True), name='person_not_into_itself')],
                'indexes': [models.Index(condition=models.Q(('died_on__isnull', False)), fields=['died_on'], name='person_died')],
            },
        ),
        migrations.CreateModel(
            name='Dwelling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(db_collation='C', max_length=120)),
                ('city_id', models.BigIntegerField()),
                ('town_id', models.BigIntegerField()),
                ('village_id', models.BigIntegerField()),
                ('address', models.CharField(max_length=200)),
                ('address_key', models.CharField(db_collation='C', max_length=200)),
                ('kind', models.CharField(max_length=24)),
                ('beds', models.PositiveIntegerField(null=True)),
                ('employer', models.CharField(blank=True, db_default='', default='', max_length=100)),
                ('declared_on', models.DateField(null=True)),
                ('declared_until', models.DateField(null=True)),
                ('declared_number', models.CharField(blank=True, db_default='', default='', max_length=60)),
                ('note', models.CharField(blank=True, db_default='', default='', max_length=500)),
                ('version', models.PositiveIntegerField(db_default=1, default=1)),
                ('changed_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['city_id', 'address_key', 'id'], name='dwelling_city'), models.Index(fields=['town_id', 'address_key', 'id'], name='dwelling_town'), models.Index(condition=models.Q(('declared_until__isnull', False)), fields=['village_id', 'declared_until', 'id'], name='dwelling_declared')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['own', 'let', 'dormitory', 'empty'])), name='dwelling_kind_known'), models.CheckConstraint(condition=models.Q(('declared_on__isnull', True), ('declared_until__isnull', True), ('declared_on__lte', models.F('declared_until')), _connector='OR'), name='dwelling_declared_in_order'), models.UniqueConstraint(fields=('village_id', 'address_key'), name='dwelling_once')],
            },
        ),
        migrations.CreateModel(
            name='Household',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(db_collation='C', max_length=120)),
                ('city_id', models.BigIntegerField()),
                ('town_id', models.BigIntegerField()),
                ('village_id', models.BigIntegerField()),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('kind', models.CharField(max_length=24)),
                ('number', models.CharField(db_collation='C', max_length=40)),
                ('name', models.CharField(blank=True, db_default='', default='', max_length=100)),
                ('version', models.PositiveIntegerField(db_default=1, default=1)),
                ('dwelling', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.dwelling')),
            ],
            options={
                'indexes': [models.Index(fields=['city_id', 'number', 'id'], name='household_city'), models.Index(fields=['town_id', 'number', 'id'], name='household_town'), models.Index(fields=['village_id', 'number', 'id'], name='household_village')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['family', 'collective'])), name='household_kind_known'), models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('since__lte', models.F('until')), _connector='OR'), name='household_in_order'), models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('village_id', 'number'), name='household_number_once')],
            },
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(db_collation='C', max_length=120)),
                ('source', models.CharField(max_length=200)),
                ('file_name', models.CharField(max_length=200)),
                ('file_hash', models.CharField(max_length=64)),
                ('file_code', models.CharField(blank=True, db_default='', default='', max_length=20)),
                ('state', models.CharField(default='received', max_length=24)),
                ('headings', models.JSONField(default=list)),
                ('mapping', models.JSONField(default=dict)),
                ('defaults', models.JSONField(default=dict)),
                ('counts', models.JSONField(default=dict)),
                ('taken', models.PositiveIntegerField(default=0)),
                ('job_code', models.CharField(blank=True, db_default='', default='', max_length=12)),
                ('account_id', models.BigIntegerField(null=True)),
                ('made_by', models.CharField(max_length=120)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['path', '-id'], name='importrun_path')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['received', 'mapped', 'checked', 'running', 'done', 'dropped'])), name='importrun_state_known')],
            },
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField()),
                ('is_dry', models.BooleanField()),
                ('faults', models.JSONField()),
                ('cells', models.BinaryField(null=True)),
                ('run', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.importrun')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('run', 'is_dry', 'line'), name='importrow_once')],
            },
        ),
        migrations.CreateModel(
            name='ImportSource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(db_collation='C', max_length=120)),
                ('name', models.CharField(max_length=200)),
                ('columns', models.JSONField(default=dict)),
                ('defaults', models.JSONField(default=dict)),
                ('used_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('path', 'name'), name='importsource_once')],
            },
        ),
        migrations.CreateModel(
            name='NameTerm',
            fields=[
                ('pk', models.CompositePrimaryKey('village_id', 'term', 'person_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('term', models.CharField(db_collation='C', max_length=48)),
                ('city_id', models.BigIntegerField()),
                ('town_id', models.BigIntegerField()),
                ('village_id', models.BigIntegerField()),
                ('person_id', models.BigIntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['city_id', 'term', 'person_id'], name='nameterm_city'), models.Index(fields=['town_id', 'term', 'person_id'], name='nameterm_town')],
            },
        ),
        migrations.CreateModel(
            name='PersonKey',
            fields=[
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='people.person')),
                ('wrapped', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='HouseholdMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('relation', models.CharField(max_length=24)),
                ('bed', models.CharField(blank=True, db_default='', default='', max_length=20)),
                ('household', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.household')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('relation__in', ['head', 'spouse', 'child', 'parent', 'grandchild', 'grandparent', 'sibling', 'in_law', 'other', 'roommate'])), name='householdmember_relation_known'), models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('since__lte', models.F('until')), _connector='OR'), name='householdmember_in_order'), models.UniqueConstraint(condition=models.Q(('relation', 'head'), ('until__isnull', True)), fields=('household',), name='householdmember_one_head'), models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('person', 'household'), name='householdmember_once')],
            },
        ),
        migrations.CreateModel(
            name='DwellingParty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('role', models.CharField(max_length=24)),
                ('name', models.CharField(blank=True, db_default='', default='', max_length=100)),
                ('dwelling', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.dwelling')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['landlord', 'manager'])), name='dwellingparty_role_known'), models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('since__lte', models.F('until')), _connector='OR'), name='dwellingparty_in_order'), models.CheckConstraint(condition=models.Q(('person__isnull', False), models.Q(('name', ''), _negated=True), _connector='OR'), name='dwellingparty_somebody'), models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('dwelling', 'role'), name='dwellingparty_one_open')],
            },
        ),
        migrations.CreateModel(
            name='DuplicatePair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(db_collation='C', max_length=120)),
                ('city_id', models.BigIntegerField()),
                ('town_id', models.BigIntegerField(null=True)),
                ('village_id', models.BigIntegerField(null=True)),
                ('score', models.PositiveSmallIntegerField()),
                ('reasons', models.JSONField(default=list)),
                ('state', models.CharField(default='open', max_length=24)),
                ('found_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(blank=True, db_default='', default='', max_length=120)),
                ('reason', models.CharField(blank=True, db_default='', default='', max_length=500)),
                ('undo', models.JSONField(null=True)),
                ('one', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('came_since', models.JSONField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['city_id', 'state', '-score', 'id'], name='duplicatepair_city'), models.Index(fields=['town_id', 'state', '-score', 'id'], name='duplicatepair_town'), models.Index(fields=['village_id', 'state', '-score', 'id'], name='duplicatepair_village')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'joined', 'different'])), name='duplicatepair_state_known'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='duplicatepair_in_order'), models.UniqueConstraint(fields=('one', 'other'), name='duplicatepair_once')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('kind', models.CharField(max_length=24)),
                ('value', models.BinaryField()),
                ('value_index', models.BinaryField(null=True)),
                ('value_index_next', models.BinaryField(null=True)),
                ('masked', models.CharField(max_length=200)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('value_index__isnull', False)), fields=['value_index'], name='contact_index'), models.Index(condition=models.Q(('value_index_next__isnull', False)), fields=['value_index_next'], name='contact_next')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['phone', 'email', 'address', 'hukou_address'])), name='contact_kind_known'), models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('since__lte', models.F('until')), _connector='OR'), name='contact_in_order')],
            },
        ),
        migrations.CreateModel(
            name='PersonDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('kind', models.CharField(max_length=24)),
                ('number', models.BinaryField()),
                ('number_index', models.BinaryField(null=True)),
                ('number_index_next', models.BinaryField(null=True)),
                ('masked', models.CharField(max_length=40)),
                ('valid_until', models.DateField(null=True)),
                ('is_disputed', models.BooleanField(db_default=False, default=False)),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person'], name='document_person'), models.Index(condition=models.Q(('until__isnull', True), ('valid_until__isnull', False)), fields=['valid_until', 'person'], name='document_ends')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['resident_id', 'home_return', 'taiwan_permit', 'hong_kong_residence', 'macau_residence', 'taiwan_residence', 'foreign_permanent', 'passport', 'birth_certificate'])), name='document_kind_known'), models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('since__lte', models.F('until')), _connector='OR'), name='document_in_order'), models.UniqueConstraint(condition=models.Q(('is_disputed', False), ('until__isnull', True)), fields=('number_index',), name='document_index_once'), models.UniqueConstraint(condition=models.Q(('is_disputed', False), ('until__isnull', True)), fields=('number_index_next',), name='document_next_once')],
            },
        ),
        migrations.CreateModel(
            name='Residency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(db_collation='C', max_length=120)),
                ('city_id', models.BigIntegerField()),
                ('town_id', models.BigIntegerField()),
                ('village_id', models.BigIntegerField()),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('group', models.CharField(blank=True, db_default='', default='', max_length=40)),
                ('standing', models.CharField(max_length=24)),
                ('basis', models.CharField(max_length=24)),
                ('basis_until', models.DateField(null=True)),
                ('employer', models.CharField(blank=True, db_default='', default='', max_length=100)),
                ('ended_because', models.CharField(blank=True, db_default='', default='', max_length=500)),
                ('is_shadowed', models.BooleanField(db_default=False, default=False)),
                ('name_key', models.CharField(db_collation='C', max_length=120)),
                ('sex', models.CharField(max_length=7)),
                ('born_on', models.DateField()),
                ('version', models.PositiveIntegerField(db_default=1, default=1)),
                ('dwelling', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.dwelling')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
            ],
            options={
                'indexes': [models.Index(fields=['city_id', 'name_key', 'id'], name='residency_name_city'), models.Index(fields=['town_id', 'name_key', 'id'], name='residency_name_town'), models.Index(fields=['village_id', 'name_key', 'id'], name='residency_name_village'), models.Index(fields=['city_id', 'born_on', 'id'], name='residency_born_city'), models.Index(fields=['town_id', 'born_on', 'id'], name='residency_born_town'), models.Index(fields=['village_id', 'born_on', 'id'], name='residency_born_village'), models.Index(condition=models.Q(('basis_until__isnull', False), ('until__isnull', True)), fields=['city_id', 'basis_until', 'id'], name='residency_permit_city'), models.Index(condition=models.Q(('basis_until__isnull', False), ('until__isnull', True)), fields=['town_id', 'basis_until', 'id'], name='residency_permit_town'), models.Index(condition=models.Q(('basis_until__isnull', False), ('until__isnull', True)), fields=['village_id', 'basis_until', 'id'], name='residency_permit_village'), models.Index(condition=models.Q(('until__isnull', False)), fields=['until', 'person'], name='residency_ended'), models.Index(condition=models.Q(('is_shadowed', True)), fields=['person'], name='residency_shadowed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('standing__in', ['registered_resident', 'non_local_resident'])), name='residency_standing_known'), models.CheckConstraint(condition=models.Q(('basis__in', ['hukou', 'residence_permit', 'declared', 'employer', 'owner', 'visit'])), name='residency_basis_known'), models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('since__lte', models.F('until')), _connector='OR'), name='residency_in_order'), models.UniqueConstraint(condition=models.Q(('is_shadowed', False), ('until__isnull', True)), fields=('person', 'village_id'), name='residency_one_open')],
            },
        ),
        migrations.CreateModel(
            name='Roll',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(db_collation='C', max_length=120)),
                ('city_id', models.BigIntegerField()),
                ('town_id', models.BigIntegerField()),
                ('village_id', models.BigIntegerField()),
                ('kind', models.CharField(max_length=24)),
                ('name', models.CharField(max_length=200)),
                ('basis', models.CharField(max_length=200)),
                ('opened_on', models.DateField()),
                ('closed_on', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['village_id', 'kind', 'id'], name='roll_village'), models.Index(fields=['town_id', 'kind', 'id'], name='roll_town')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['voter', 'collective_member', 'shareholder', 'owner'])), name='roll_kind_known'), models.UniqueConstraint(condition=models.Q(('closed_on__isnull', True)), fields=('village_id', 'kind', 'name'), name='roll_one_open')],
            },
        ),
        migrations.CreateModel(
            name='RollEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(null=True)),
                ('until', models.DateField(null=True)),
                ('evidence', models.CharField(max_length=200)),
                ('quantity', models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ('detail', models.CharField(blank=True, db_default='', default='', max_length=200)),
                ('ended_because', models.CharField(blank=True, db_default='', default='', max_length=500)),
                ('name_key', models.CharField(db_collation='C', max_length=120)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('roll', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.roll')),
            ],
            options={
                'indexes': [models.Index(fields=['roll', 'name_key', 'id'], name='rollentry_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('since__isnull', True), ('until__isnull', True), ('since__lte', models.F('until')), _connector='OR'), name='rollentry_in_order'), models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('roll', 'person', 'detail'), name='rollentry_once')],
            },
        ),
    ]
