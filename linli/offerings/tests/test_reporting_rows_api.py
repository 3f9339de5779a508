"""Rows of a village's list over the API: read with the register beside them, corrected as on the page."""

from __future__ import annotations

import pytest

from linli.kernel.testing import TOWN, client_of, make_actor, post_json
from linli.offerings import permits
from linli.offerings.models import ReportingRow
from linli.offerings.tests.reporting_samples import CLERK, make_list, make_open, sheet_of
from linli.offerings.tests.test_reporting_rows import READER
from linli.people import permits as people

pytestmark = pytest.mark.django_db
SHEETS = "/api/v1/reporting/sheets/"


def test_rows_are_read_corrected_struck_out_added_taken_back_and_signed() -> None:
    sheet, client = sheet_of(make_list()), client_of(READER)
    rows = f"{SHEETS}{sheet.code}/rows/"
    told = client.get(rows).json()
    refs = {one["cells"]["person.name"]: one["row"] for one in told["items"]}
    assert (told["edition"], sorted(refs)) == (1, ["陈一", "陈二"])
    assert {"key": "person.phone", "title": "联系电话"} in told["columns"]
    assert set(told["items"][0]["cells"]) == {one["key"] for one in told["columns"]}

    changed = {"act": "changed", "cells": {"person.phone": "13900009999"}, "reason": "换了号码"}
    first = post_json(client, rows, {**changed, "edition": 1, "row": refs["陈一"]}).json()
    assert first["row"]["cells"]["person.phone"] == "139****9999"
    assert (first["row"]["held"]["person.phone"], first["edition"]) == ("", 2)
    added = {"act": "added", "cells": {"person.name": "陈五"}, "reason": "尚未登记"}
    new = post_json(client, rows, {**added, "edition": 2}).json()
    assert (new["row"]["cells"]["person.name"], new["row"]["held"]) == ("陈五", {})
    gone = {"act": "struck", "row": refs["陈二"], "reason": "上周搬走", "edition": 3}
    assert post_json(client, rows, gone).json()["row"]["act"] == "struck"
    assert client.get(rows, {"only": "different"}).json()["count"] == 3
    back = post_json(client, rows, {"act": "back", "row": new["row"]["row"], "edition": 4}).json()
    assert (back["row"], back["edition"]) == (None, 5)
    assert client.get(rows, {"q": "陈五"}).json()["items"] == []

    assert post_json(client, f"{SHEETS}{sheet.code}/sign", {"edition": 5}).json()["state"] == "signed"  # fmt: skip
    assert [one["row"] for one in client.get(rows).json()["items"]] == [""]
    again = post_json(client, f"{SHEETS}{sheet.code}/take-back", {"edition": 6})
    assert again.json()["state"] == "waiting"


def test_wrong_rows_old_editions_and_who_does_not_see_the_register_change_nothing() -> None:
    sheet, client = sheet_of(make_list()), client_of(READER)
    rows = f"{SHEETS}{sheet.code}/rows/"
    said = {"edition": 1, "act": "struck", "row": "999999", "reason": "没有此行"}
    above = make_actor("town", permits.FILL_REPORTS, people.VIEW, at=TOWN)

    assert post_json(client, rows, said).status_code == 404
    assert post_json(client, rows, {**said, "act": "burn"}).status_code == 422
    assert post_json(client, rows, {**said, "edition": 9}).status_code == 409
    lacking = post_json(client, rows, {"edition": 1, "act": "added", "cells": {}})
    assert (lacking.status_code, set(lacking.json()["fields"])) == (422, {"reason"})
    assert client.get(rows, {"only": "x"}).status_code == 422
    for other in (CLERK, above):
        assert post_json(client_of(other), rows, said).status_code in (403, 404)
    assert client_of(CLERK).get(rows).status_code == 403
    no_list = sheet_of(make_open(sheet.task.post))
    assert client.get(f"{SHEETS}{no_list.code}/rows/").status_code == 404

    assert not ReportingRow.objects.exists()
