"""Writes of notices: what is prepared, published, corrected, withdrawn, printed."""

from linli.notices.services.correcting import begin_correction, save_correction
from linli.notices.services.papers import (
    add_files,
    add_photos,
    drop_file,
    print_posting,
    withdraw_papers,
)
from linli.notices.services.preparing import (
    create_posting,
    drop_version,
    return_version,
    save_draft,
    submit_version,
)
from linli.notices.services.publishing import publish_version, withdraw_posting
from linli.notices.services.recounting import follow_office, log_version, recount_ends

__all__ = [
    "add_files",
    "add_photos",
    "begin_correction",
    "create_posting",
    "drop_file",
    "drop_version",
    "follow_office",
    "log_version",
    "print_posting",
    "publish_version",
    "recount_ends",
    "return_version",
    "save_correction",
    "save_draft",
    "submit_version",
    "withdraw_papers",
    "withdraw_posting",
]
