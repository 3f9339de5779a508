"""Cases that are about a post, which never sees them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_routing")]

    operations = [
        migrations.AddField("case", "about_post_id", models.BigIntegerField(null=True)),
    ]
