"""Why an upload is not taken. All are Invalid-like: a form shows them beside its field."""

from __future__ import annotations

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Busy, Refusal


class FileRefused(Refusal):
    """The common face: a form catches this one name and puts the words on its field."""

    code = "file_refused"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = _("This file cannot be taken.")


class FileEmpty(FileRefused):
    code = "file_empty"
    message = _("The file “%(name)s” is empty. Choose it again.")


class FileTooLarge(FileRefused):
    code = "file_too_large"
    message = _("The file “%(name)s” is larger than %(most)s. Send a smaller one.")


class FileKindUnknown(FileRefused):
    code = "file_kind_unknown"
    message = _("“%(name)s” is none of the kinds of file that can be read here: %(wanted)s.")


class FileNotWhatItSays(FileRefused):
    code = "file_not_what_it_says"
    message = _(
        "“%(name)s” is not what its name says: inside it is %(found)s. "
        "Save it anew from the program that made it."
    )


class FileKindNotWanted(FileRefused):
    code = "file_kind_not_wanted"
    message = _("Here only these kinds are taken: %(wanted)s. “%(name)s” is %(found)s.")


class MarkupRefused(FileRefused):
    code = "file_is_markup"
    message = _("“%(name)s” is a web page or a drawing with program code, which is never taken.")


class PictureTooLarge(FileRefused):
    code = "picture_too_large"
    message = _(
        "The picture “%(name)s” has more than %(most)s million points. "
        "Make it smaller, or take the photo again."
    )


class FileDamaged(FileRefused):
    code = "file_damaged"
    message = _("“%(name)s” is damaged or incomplete and cannot be opened. Send it again.")


class ArchiveBomb(FileRefused):
    code = "file_unpacks_too_large"
    message = _("“%(name)s” unpacks to far more than it may, and was not opened.")


class HasProgram(FileRefused):
    code = "file_has_program"
    message = _(
        "“%(name)s” contains a program (macro or script). Save it without, and send it again."
    )


class FileProtected(FileRefused):
    code = "file_protected"
    message = _("“%(name)s” is protected by a password. Take the protection off and send it again.")


class VirusFound(FileRefused):
    code = "virus_found"
    message = _("The virus scanner found “%(found)s” in “%(name)s”. It was not kept.")


class ScanFailed(Busy):
    code = "scan_failed"
    message = _("The virus scanner does not answer, so the file was not taken. Try again later.")


class NoSpace(Busy):
    code = "no_space"
    status = HTTPStatus.INSUFFICIENT_STORAGE
    message = _("There is no space left to keep the file. Tell whoever runs the system.")


class TooManyUploads(FileRefused):
    code = "too_many_files"
    message = _("At most %(most)s files at once. Leave some out.")
