"""The tables; it stands for the migrations that led there (docs/adr/0025)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [("translog", "0001_leaves_nodes_heads")]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Leaf',
            fields=[
                ('index', models.BigIntegerField(primary_key=True, serialize=False)),
                ('kind', models.TextField()),
                ('at', models.DateTimeField()),
                ('commitment', models.BinaryField()),
                ('hash', models.BinaryField()),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'index'], name='translog_leaf_of_kind')],
            },
        ),
        migrations.CreateModel(
            name='LogName',
            fields=[
                ('origin', models.TextField(primary_key=True, serialize=False)),
                ('made_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Node',
            fields=[
                ('pk', models.CompositePrimaryKey('level', 'index', blank=True, editable=False, primary_key=True, serialize=False)),
                ('level', models.SmallIntegerField()),
                ('index', models.BigIntegerField()),
                ('hash', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='TreeHead',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('size', models.BigIntegerField(db_index=True)),
                ('root', models.BinaryField()),
                ('at', models.DateTimeField()),
                ('public_key', models.BinaryField()),
                ('note', models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('leaf', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='translog.leaf')),
                ('salt', models.BinaryField()),
                ('content_hash', models.BinaryField()),
                ('content', models.JSONField(null=True)),
            ],
        ),
    ]
