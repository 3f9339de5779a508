"""Writes of files: taking in, keeping what the system makes, letting go."""

from linli.files.errors import FileRefused, TooManyUploads
from linli.files.services.adopting import adopt, begin_adopting, drafts_follow
from linli.files.services.form_drafts import FormDrafts, Named, keep_form_drafts
from linli.files.services.intake import inspect_path, take_drafts, take_in
from linli.files.services.keeping import Made, store_made, store_shown
from linli.files.services.letting_go import erase_due, erase_file, erase_files_of, sweep
from linli.files.services.reading import open_content, read_content

__all__ = [
    "FileRefused",
    "FormDrafts",
    "Made",
    "Named",
    "TooManyUploads",
    "adopt",
    "begin_adopting",
    "drafts_follow",
    "erase_due",
    "erase_file",
    "erase_files_of",
    "inspect_path",
    "keep_form_drafts",
    "open_content",
    "read_content",
    "store_made",
    "store_shown",
    "sweep",
    "take_drafts",
    "take_in",
]
