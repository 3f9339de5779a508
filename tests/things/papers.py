"""Things that fill the addresses of papers, seals and files."""

from __future__ import annotations

from linli.files.types import DRAFT
from tests.city_life import one
from tests.things.lookup import Things, page_and_api, pk


def things() -> Things:
    paper = one("documents.document", title="公示")
    shared = page_and_api(
        {
            ("files/", "code"): one("files.storedfile", owner_kind="people.import").code,
            ("documents/", "code"): paper.code,
            ("seal-uses/", "use_id"): pk("documents.sealuse", matter="环卫服务合同"),
        }
    )
    return {
        **shared,
        ("check/", "code"): one("documents.shortcode", kind="documents.document").code,
        ("q/", "code"): one("documents.shortcode", kind="documents.document").code,
        ("^files/", "code"): one("files.storedfile", owner_kind=DRAFT).code,
        ("^seal-uses/", "use_id"): pk("documents.sealuse", matter="环卫服务合同"),
        ("^seal-uses/", "move"): "approve",
    }
