"""Things that fill the addresses of accounts, rights and computers."""

from __future__ import annotations

from tests.city_life import one
from tests.things.lookup import Things, page_and_api, pk


def things() -> Things:
    shared = page_and_api(
        {
            ("access/deputies/", "deputy_id"): pk("access.deputy"),
            ("access/accounts/", "account_id"): pk("access.account", username="mai.rungen"),
            ("access/rights/", "right_id"): pk("access.givenright", kind="break_glass"),
            ("access/reviews/", "right_id"): pk("access.givenright", kind="break_glass"),
            ("access/rights/lists/", "list_id"): pk("access.rightslist"),
            ("access/devices/", "device_id"): pk("access.counterdevice"),
            ("access/resets/", "reset_id"): pk("access.resetrequest"),
            ("access/tokens/", "token_id"): pk("access.apitoken"),
            ("access/data-requests/", "number"): one("access.datarequest").number,
        }
    )
    return {
        **shared,
        ("access/import/", "import_id"): pk("access.staffimport"),
        ("api/v1/access/imports/", "import_id"): pk("access.staffimport"),
        ("access/accounts/", "move"): "disable",
    }
