from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0001_initial'),
        ('exchange', '0008_seal_service'),
    ]

    operations = [
        migrations.AddField('payorder', 'about_kind', models.CharField(max_length=24, null=True)),
        migrations.AddField('payorder', 'about_id', models.BigIntegerField(null=True)),
    ]
