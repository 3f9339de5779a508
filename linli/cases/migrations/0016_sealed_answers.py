from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0015_fill_signs_of_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="reporter",
            name="answers",
            field=models.BinaryField(null=True),
        ),
    ]
