from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('documents', '0002_electronic_seals'),
    ]

    operations = [
        migrations.AddField(
            model_name='electronicseal',
            name='chain',
            field=models.TextField(blank=True, default=''),
            preserve_default=False,
        ),
    ]
