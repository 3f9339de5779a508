"""Who ended a mandate on paper stands in its row; of those ended before the trail alone says it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("offerings", "0040_numbers_on_cards")]

    operations = [
        migrations.AddField(
            model_name="agentmandate",
            name="ended_by",
            field=models.CharField(blank=True, db_default="", default="", max_length=120),
        ),
    ]
