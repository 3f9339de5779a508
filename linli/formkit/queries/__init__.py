"""Reads of forms, and the plain functions on answers that other apps use."""

from linli.formkit.queries.answering import (
    file_policy,
    most_files,
    places_under,
    read_answers,
)
from linli.formkit.queries.drafts import (
    DRAFT_OWNER,
    LIFE,
    Body,
    OpenDraft,
    count_due,
    drafts_of,
    get_draft,
    hash_of,
    may_see_draft_file,
    opened,
)
from linli.formkit.queries.drawing import Drawn, Item, draw, draw_all
from linli.formkit.queries.finding_words import (
    EDIT_WORDS,
    PROPERTY_WORDS,
    STEP_WORDS,
    told_broken,
    told_finding,
)
from linli.formkit.queries.forms import (
    BY_FORM,
    Filter,
    designs_anywhere,
    draft_of,
    get_draft_version,
    get_form,
    get_published,
    get_version,
    list_forms,
    published_forms,
    revisions_of,
    spec_of,
    tests_of,
    versions_of,
    visible_forms,
)
from linli.formkit.queries.telling import (
    NO_ANSWER,
    Told,
    condition_words,
    pages_of_answers,
    summary,
)
from linli.formkit.queries.testing_forms import check_values, findings_of, run_tests
from linli.formkit.queries.words import (
    AUDIENCE_WORDS,
    KIND_WORDS,
    STATE_WORDS,
    told_fault,
    told_schema,
)
from linli.formkit.rules.checking import schema_faults
from linli.formkit.rules.logic import evaluate
from linli.formkit.rules.reading import blank_rows
from linli.formkit.rules.sealing import sealed_keys
from linli.formkit.rules.typing_back import typed_of

__all__ = [
    "AUDIENCE_WORDS",
    "BY_FORM",
    "Body",
    "DRAFT_OWNER",
    "Drawn",
    "EDIT_WORDS",
    "Filter",
    "Item",
    "KIND_WORDS",
    "LIFE",
    "NO_ANSWER",
    "OpenDraft",
    "PROPERTY_WORDS",
    "STATE_WORDS",
    "Told",
    "blank_rows",
    "STEP_WORDS",
    "check_values",
    "condition_words",
    "count_due",
    "designs_anywhere",
    "draft_of",
    "drafts_of",
    "draw",
    "draw_all",
    "evaluate",
    "file_policy",
    "findings_of",
    "get_draft",
    "get_draft_version",
    "get_form",
    "get_published",
    "get_version",
    "hash_of",
    "list_forms",
    "most_files",
    "may_see_draft_file",
    "opened",
    "pages_of_answers",
    "places_under",
    "published_forms",
    "read_answers",
    "revisions_of",
    "run_tests",
    "schema_faults",
    "sealed_keys",
    "spec_of",
    "summary",
    "tests_of",
    "told_broken",
    "told_fault",
    "told_finding",
    "told_schema",
    "typed_of",
    "versions_of",
    "visible_forms",
]
