"""Each try against a limit changes its time: without an index on it the row is written in its place."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("runtime", "0002_limits_without_log")]

    operations = [
        migrations.AlterField(
            model_name="ratelimit",
            name="arrival",
            field=models.DateTimeField(),
        ),
    ]
