"""Sealing: fields that only the holder of the keys reads, indexes over them, and key rotation.

Fields: `seal`, `open_sealed`, `seal_many`. Equality over sealed fields: `blind`, `blind_lookup`.
Persons' own keys: `new_person_key`, `wrap`, `unwrap`, `seal_for`, `open_for`;
`key_from` makes one of a secret that somebody else holds. Chained rows:
`commit`, `keeps`. Keys live in LINLI_HOME/keys and are never part of a backup.
"""

from linli.kernel.sealing.blind import Blind, blind, blind_lookup, blind_many
from linli.kernel.sealing.commitments import commit, commitment, keeps
from linli.kernel.sealing.errors import (
    KeyInUse,
    KeyMissing,
    KeyringDamaged,
    KeyringMissing,
    KeyTrouble,
    PassphraseWrong,
    SealBroken,
)
from linli.kernel.sealing.fields import open_bytes, open_sealed, seal, seal_bytes, seal_many
from linli.kernel.sealing.files import create_keyring
from linli.kernel.sealing.persons import key_from, new_person_key, open_for, seal_for, unwrap, wrap
from linli.kernel.sealing.signing import is_signed, public_key, sign

__all__ = [
    "Blind",
    "KeyInUse",
    "KeyMissing",
    "KeyTrouble",
    "KeyringDamaged",
    "KeyringMissing",
    "PassphraseWrong",
    "SealBroken",
    "blind",
    "blind_lookup",
    "blind_many",
    "commit",
    "commitment",
    "create_keyring",
    "is_signed",
    "keeps",
    "key_from",
    "new_person_key",
    "open_bytes",
    "open_for",
    "open_sealed",
    "public_key",
    "seal",
    "seal_bytes",
    "seal_for",
    "seal_many",
    "sign",
    "unwrap",
    "wrap",
]
