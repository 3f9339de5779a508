"""Who booked and was sent a code by which no visit is rated any more is asked once more, by the new one.

Only visits of the last days; the job asks those among them that are not too long ago.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import migrations
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

ASKED_WITHIN = timedelta(days=14)


def ask_once_more(apps, schema_editor):  # type: ignore[no-untyped-def]
    ratings = apps.get_model("offerings", "VisitRating").objects
    is_rated = Q(visit=OuterRef("pk")) | Q(ticket__visit=OuterRef("pk"))
    found = apps.get_model("offerings", "Appointment").objects.filter(
        asked_at__isnull=False, state="came", ended_at__gt=timezone.now() - ASKED_WITHIN
    )
    found.exclude(Exists(ratings.filter(is_rated))).update(asked_at=None)


class Migration(migrations.Migration):
    dependencies = [("offerings", "0031_former_cause")]

    operations = [migrations.RunPython(ask_once_more, migrations.RunPython.noop)]
