"""The table of feedback is empty: its rows are cases."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("portal", "0006_feedback_views")]

    operations = [migrations.DeleteModel(name="Feedback")]
