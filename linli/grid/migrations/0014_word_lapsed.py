"""What a neighbour said lapses with the term of the head to whom it was said."""

from __future__ import annotations

from django.db import migrations, models

STATES = ["open", "answered", "invited", "passed_on", "settled", "lapsed"]


class Migration(migrations.Migration):
    dependencies = [("grid", "0013_no_index_twice")]

    operations = [
        migrations.RemoveConstraint("word", "grid_word_state_known"),
        migrations.AddConstraint(
            "word",
            models.CheckConstraint(
                name="grid_word_state_known", condition=models.Q(("state__in", STATES))
            ),
        ),
    ]
