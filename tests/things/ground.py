"""Things that fill the addresses of what every app stands on: jobs, views, messages, the trail, the log, the rulebook, and earlier feedback."""

from __future__ import annotations

from tests.city_life import EARLIER_CODE, one
from tests.things.lookup import Things, page_and_api, pk


def things() -> Things:
    shared = page_and_api(
        {
            ("jobs/", "code"): one("runtime.longjob").code,
            ("log/", "index"): 0,
            ("views/", "view_id"): pk("runtime.savedview"),
        }
    )
    return {
        **shared,
        ("trail/", "entry_id"): pk("trail.entry", path__startswith="441900/441900990/"),
        ("api/v1/trail/entries/", "entry_id"): pk(
            "trail.entry", path__startswith="441900/441900990/"
        ),
        ("log/", "part"): 0,
        ("inbox/", "code"): one("notify.message", template="documents.seal_decided").code,
        ("feedback/<str:code>/", "code"): EARLIER_CODE,
        ("follow/", "code"): EARLIER_CODE,
        ("api/v1/inbox/", "code"): one("notify.message", template="documents.seal_decided").code,
        ("api/v1/rulebook/values/", "value_id"): pk("rulebook.localvalue"),
        ("rulebook/values/", "pk"): pk("rulebook.localvalue"),
    }
