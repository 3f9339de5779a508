"""Views that were saved of the old list of feedback open the list of cases."""

from urllib.parse import parse_qs, urlencode

from django.db import migrations

OLD, NEW = "portal.feedback", "cases.list"
SHOWN = {"": "open", "received": "open", "answered": "open", "confirmed": "closed", "all": "open"}


def asked(query):
    """Return the filters of the list of cases that show what those of feedback did."""
    given = {key: values[-1] for key, values in parse_qs(query).items()}
    wanted = {"kind": "feedback", "view": SHOWN.get(given.get("state", ""), "open")}
    if given.get("word"):
        wanted["q"] = given["word"]
    return urlencode(wanted)


def follow(apps, schema_editor):
    views = apps.get_model("runtime", "SavedView")
    for view in views.objects.filter(list_name=OLD):
        view.list_name, view.query = NEW, asked(view.query)
        taken = views.objects.filter(account_id=view.account_id, list_name=NEW, name=view.name)
        if taken.exists():
            view.name = f"{view.name[:50]}（意见反馈）"
        view.save(update_fields=["list_name", "query", "name"])


class Migration(migrations.Migration):
    dependencies = [("portal", "0005_feedback_becomes_cases")]

    operations = [migrations.RunPython(follow, migrations.RunPython.noop)]
