"""What sealing refuses with. Each says what to put right; none shows a key or a value."""

from __future__ import annotations

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from linli.kernel.errors import Refusal


class KeyTrouble(Refusal):
    """Sealed data cannot be read or written because of a key."""

    code = "key_trouble"
    status = HTTPStatus.SERVICE_UNAVAILABLE
    message = _("The keys of this installation need attention. The operator sees why.")


class KeyringMissing(KeyTrouble):
    code = "keyring_missing"
    message = _(
        "There are no keys in %(folder)s. Bring them back with “linli keys import FILE”, or start "
        "a new installation with “linli up”."
    )


class KeyringDamaged(KeyTrouble):
    code = "keyring_damaged"
    message = _(
        "The keys in %(folder)s cannot be used: %(why)s. Bring them back with "
        "“linli keys import FILE”."
    )


class KeyMissing(KeyTrouble):
    code = "key_missing"
    message = _(
        "This was sealed under key %(key)s, which is not among the keys of this installation. "
        "Import the export that holds it: “linli keys import FILE”."
    )


class KeyInUse(KeyTrouble):
    code = "key_in_use"
    status = HTTPStatus.CONFLICT
    message = _("Key %(key)s is still needed: %(why)s.")


class SealBroken(KeyTrouble):
    """The text was altered, moved to another row or column, or the key is another one."""

    code = "seal_broken"
    message = _(
        "The sealed value in %(table)s.%(column)s, row %(row)s does not open: it was altered, "
        "moved, or sealed under another key. Compare it with a backup."
    )


class PassphraseWrong(KeyTrouble):
    code = "passphrase_wrong"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    message = _("The file does not open with this passphrase, or it was altered.")
