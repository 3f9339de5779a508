from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0010_about'),
    ]

    operations = [
        migrations.AddField('payorder', 'about_kind', models.CharField(max_length=24, null=True)),
        migrations.AddField('payorder', 'about_id', models.BigIntegerField(null=True)),
    ]
