"""Whoever says something to a head has a code of her own, by which she also follows the case it becomes."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("grid", "0015_quiet_storms")]

    operations = [
        migrations.AddField("word", "own_digest", models.BinaryField(max_length=32, null=True)),
        migrations.AddConstraint(
            "word",
            models.UniqueConstraint(
                condition=models.Q(("own_digest__isnull", False)),
                fields=("own_digest",),
                name="grid_word_own_code",
            ),
        ),
    ]
