"""Taking one of the three duties back is asked of two people too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("access", "0010_shut_out")]
    operations = [
        migrations.RemoveConstraint("resetrequest", "reset_what_known"),
        migrations.AddConstraint(
            "resetrequest",
            models.CheckConstraint(
                condition=models.Q(what__in=["reset", "close", "number", "link", "right"]),
                name="reset_what_known",
            ),
        ),
    ]
