"""Fills in the working days of 2004 to 2026; 2027 is Monday to Friday until it is published."""

import csv
from datetime import datetime, timezone
from pathlib import Path

from django.db import migrations

FILE = Path(__file__).parent.parent / "law" / "workdays_2004_2026.csv"
LOADED_BY, LOADED_AT = "first installation", datetime(2026, 11, 24, tzinfo=timezone.utc)
FIRST, LAST = 2004, 2026


def fill(apps, schema_editor):
    day, year = apps.get_model("rulebook", "CalendarDay"), apps.get_model("rulebook", "CalendarYear")
    lines = FILE.read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    day.objects.bulk_create(
        [
            day(day=r["date"], is_work=r["is_work"] == "1", name=r["name"], source=r["source"])
            for r in rows
        ],
        ignore_conflicts=True,
    )
    made = {"loaded_by": LOADED_BY, "loaded_at": LOADED_AT}
    notice = "国务院办公厅关于{}年部分节假日安排的通知"
    published = [
        year(year=n, is_published=True, source=notice.format(n), **made)
        for n in range(FIRST, LAST + 1)
    ]
    pending = year(year=LAST + 1, is_published=False, source="国务院办公厅尚未公布", **made)
    year.objects.bulk_create([*published, pending], ignore_conflicts=True)


def empty(apps, schema_editor):
    for name in ("CalendarDay", "CalendarYear"):
        apps.get_model("rulebook", name).objects.all().delete()


class Migration(migrations.Migration):
    replaces = [("rulebook", "0003_calendar_2004_2026")]
    dependencies = [("rulebook", "0002_values_and_count")]

    operations = [migrations.RunPython(fill, empty)]
