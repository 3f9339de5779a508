"""The tables; it stands for the migrations that led there (docs/adr/0025)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ("places", "0001_tree"), ("places", "0002_short_name_then"),
        ("places", "0003_small_changes"), ("places", "0004_why_drawn_again"),
        ("places", "0005_no_index_twice"), ("places", "0006_layers_end_and_loads"),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Layer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(unique=True)),
                ('name', models.CharField(max_length=60)),
                ('name_en', models.CharField(max_length=120)),
                ('must_cover', models.BooleanField(default=True)),
                ('may_overlap', models.BooleanField(default=False)),
                ('closed_on', models.DateField(null=True)),
                ('version', models.PositiveIntegerField(db_default=1, default=1)),
            ],
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(db_collation='C', max_length=24, unique=True)),
                ('path', models.CharField(db_collation='C', max_length=120, unique=True)),
                ('level', models.CharField(max_length=12)),
                ('kind', models.CharField(max_length=24)),
                ('name', models.CharField(max_length=60)),
                ('name_en', models.CharField(max_length=120)),
                ('short_name', models.CharField(max_length=60)),
                ('city_id', models.BigIntegerField(null=True)),
                ('town_id', models.BigIntegerField(null=True)),
                ('village_id', models.BigIntegerField(null=True)),
                ('lon', models.FloatField(null=True)),
                ('lat', models.FloatField(null=True)),
                ('urban_rural_code', models.CharField(blank=True, max_length=3)),
                ('is_invented', models.BooleanField(default=False)),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('parent', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'indexes': [models.Index(fields=['level', 'code'], name='place_level_code'), models.Index(fields=['parent', 'code'], name='place_parent_code')],
                'constraints': [models.CheckConstraint(condition=models.Q(('level__in', ['city', 'town', 'village', 'group', 'building'])), name='place_level_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['city', 'town', 'subdistrict', 'park', 'village', 'urban_community', 'living_area', 'statistical_community', 'virtual_community', 'group', 'building'])), name='place_kind_known'), models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_from__lt', models.F('valid_to')), _connector='OR'), name='place_valid_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Cell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(db_collation='C', max_length=24)),
                ('name', models.CharField(max_length=60)),
                ('geometry', models.JSONField()),
                ('households', models.PositiveIntegerField(null=True)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('layer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.layer')),
                ('place', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('why', models.CharField(blank=True, db_default='', default='', max_length=200)),
            ],
            options={
                'indexes': [models.Index(fields=['place', 'layer'], name='cell_place_layer')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('layer', 'code'), name='cell_code_once')],
            },
        ),
        migrations.CreateModel(
            name='PlaceChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=12)),
                ('effective_on', models.DateField()),
                ('document', models.CharField(max_length=120)),
                ('reason', models.TextField(blank=True)),
                ('made_by', models.CharField(max_length=120)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['merge', 'split', 'rename', 'move', 'add', 'end'])), name='placechange_kind_known')],
            },
        ),
        migrations.CreateModel(
            name='PlaceChangePart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weight', models.PositiveIntegerField()),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='places.placechange')),
                ('new', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('old', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
        ),
        migrations.CreateModel(
            name='PlaceDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(max_length=12)),
                ('value', models.CharField(max_length=24)),
                ('decided_on', models.DateField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
                ('document', models.CharField(max_length=120)),
                ('made_by', models.CharField(max_length=120)),
                ('made_at', models.DateTimeField()),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('topic', 'settlement'), ('value__in', ['rural', 'urban'])), models.Q(('topic', 'category'), ('value__in', ['many_non_local', 'strong', 'less_developed'])), _connector='OR'), name='placedecision_value_known')],
            },
        ),
        migrations.CreateModel(
            name='PlaceVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(db_collation='C', max_length=24)),
                ('path', models.CharField(db_collation='C', max_length=120)),
                ('kind', models.CharField(max_length=24)),
                ('name', models.CharField(max_length=60)),
                ('name_en', models.CharField(max_length=120)),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('place', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('short_name', models.CharField(blank=True, db_default='', default='', max_length=60)),
            ],
            options={
                'indexes': [models.Index(fields=['place', 'valid_from'], name='placeversion_place_from')],
            },
        ),
        migrations.CreateModel(
            name='OutlineLoad',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('source', models.CharField(max_length=200)),
                ('valid_from', models.DateField()),
                ('count', models.PositiveIntegerField()),
                ('made_by', models.CharField(max_length=120)),
                ('made_at', models.DateTimeField()),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('withdrawn_by', models.CharField(blank=True, default='', max_length=120)),
                ('why', models.CharField(blank=True, default='', max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name='Outline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('geometry', models.JSONField()),
                ('is_schematic', models.BooleanField(default=True)),
                ('source', models.CharField(max_length=200)),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.place')),
                ('load', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='outlines', to='places.outlineload')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('place',), name='outline_one_open')],
            },
        ),
    ]
