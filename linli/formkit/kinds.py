"""What formkit registers with others: files of open forms and what is sealed."""

from __future__ import annotations

from linli.formkit import queries
from linli.kernel.joined import AccountColumn
from linli.kernel.registries import FileVisibility
from linli.kernel.sealing.rotation import SealedColumn

DRAFT_FILES = FileVisibility(queries.DRAFT_OWNER, queries.may_see_draft_file)
DRAFT_ACCOUNT = AccountColumn("formkit_formdraft.account_id")
DRAFT_BODY = SealedColumn("formkit_formdraft", "body_sealed")
