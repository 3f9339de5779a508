from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0017_question_of_files'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='title_en',
            field=models.CharField(blank=True, db_default='', max_length=160),
        ),
    ]
