from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0023_calls_of_round'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='weeklyreport',
            name='cases_week_once',
        ),
        migrations.AddField(
            model_name='weeklyreport',
            name='edition',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddConstraint(
            model_name='weeklyreport',
            constraint=models.UniqueConstraint(fields=('code', 'week', 'edition'), name='cases_week_once'),
        ),
    ]
