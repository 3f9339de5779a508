"""Reads of documents: the register, the seal book, and what a printed code leads to."""

from linli.documents.queries.checking import (
    Check,
    address_of_code,
    check_document,
)
from linli.documents.queries.lists import (
    NEWEST,
    OWNER,
    Filter,
    filtered_documents,
    filtered_seal_uses,
    get_document,
    get_seal_use,
    list_documents,
    list_seal_uses,
    may_see,
    may_see_file,
    seal_uses_to_decide,
    seal_uses_to_stamp,
    visible_documents,
    visible_seal_uses,
)
from linli.documents.queries.words import (
    DOCUMENT_WORDS,
    SEAL_STATE_WORDS,
    SEAL_WORDS,
    places_named,
    title_of_template,
    words_of_paper,
)

__all__ = [
    "Check",
    "DOCUMENT_WORDS",
    "Filter",
    "NEWEST",
    "OWNER",
    "SEAL_STATE_WORDS",
    "SEAL_WORDS",
    "address_of_code",
    "check_document",
    "filtered_documents",
    "filtered_seal_uses",
    "get_document",
    "get_seal_use",
    "list_documents",
    "list_seal_uses",
    "may_see",
    "may_see_file",
    "places_named",
    "seal_uses_to_decide",
    "seal_uses_to_stamp",
    "title_of_template",
    "visible_documents",
    "visible_seal_uses",
    "words_of_paper",
]
