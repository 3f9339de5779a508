from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("grid", "0011_warning_posted"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="queued", name="grid_queued_act_known"),
        migrations.AddConstraint(
            model_name="queued",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "act__in",
                        [
                            "report", "visit", "check", "recheck", "move", "note", "home",
                            "numbers", "skip",
                        ],
                    )
                ),
                name="grid_queued_act_known",
            ),
        ),
    ]
