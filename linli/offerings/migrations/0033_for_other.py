"""Writes nothing: which cases somebody filed for another is noted when her account is erased, not for all at once.

One statement over all cases would hold them while the service updates, and miss what comes in meanwhile.
"""

from __future__ import annotations

from typing import Any

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("offerings", "0032_asked_once_more"), ("cases", "0027_for_other")]

    operations: list[Any] = []
