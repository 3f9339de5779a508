"""Passkeys (WebAuthn): what the browser is asked, and whether its answer is genuine."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from fido2.server import Fido2Server
from fido2.utils import websafe_decode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    RegistrationResponse,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from linli.access.errors import FactorRefused

NAME = "Linli"


def _server(host: str) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id=host.partition(":")[0], name=NAME))


def ask_registration(
    host: str, account_id: int, names: tuple[str, str], known: Iterable[Mapping[str, Any]]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the browser needs to make a passkey, and what to remember until it answers.

    `names` are the sign-in name and the name that the browser shows.
    """
    options, state = _server(host).register_begin(
        PublicKeyCredentialUserEntity(
            id=handle_of(account_id), name=names[0], display_name=names[1]
        ),
        credentials=[credential_of(one) for one in known],
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _plain(options), dict(state)


def take_registration(host: str, state: Mapping[str, Any], answer: str) -> dict[str, Any]:
    """Return the credential to keep. Refuses with FactorRefused."""
    credential = _read(answer)
    try:
        _server(host).register_complete(dict(state), RegistrationResponse.from_dict(credential))
    except (ValueError, TypeError, KeyError) as error:
        raise FactorRefused() from error
    return credential


def ask_proof(
    host: str, known: Iterable[Mapping[str, Any]]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the browser needs to prove a passkey; with none known it offers all it has."""
    options, state = _server(host).authenticate_begin(
        credentials=[credential_of(one) for one in known] or None,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return _plain(options), dict(state)


def take_proof(
    host: str, state: Mapping[str, Any], answer: str, known: Mapping[int, Mapping[str, Any]]
) -> int:
    """Return the id of the kept credential that the answer proves. Refuses with FactorRefused."""
    given = _read(answer)
    credentials = {key: credential_of(one) for key, one in known.items()}
    try:
        response = AuthenticationResponse.from_dict(given)
        proved = _server(host).authenticate_complete(
            dict(state), list(credentials.values()), response
        )
    except (ValueError, TypeError, KeyError) as error:
        raise FactorRefused() from error
    return next(
        key for key, one in credentials.items() if one.credential_id == proved.credential_id
    )


def account_in(answer: str) -> int:
    """Return the account that a passkey names, unproved. Refuses with FactorRefused."""
    try:
        handle = _read(answer)["response"]["userHandle"]
        return int(websafe_decode(handle).decode().removeprefix("linli-"))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise FactorRefused() from error


def handle_of(account_id: int) -> bytes:
    """Return what a passkey carries to say whose it is."""
    return f"linli-{account_id}".encode()


def credential_of(kept: Mapping[str, Any]) -> AttestedCredentialData:
    """Return the public key of a kept credential."""
    found = RegistrationResponse.from_dict(dict(kept)).response.attestation_object.auth_data
    assert found.credential_data is not None, "a registration carries its key"
    return found.credential_data


def _plain(options: Any) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(dict(options), default=_as_json))
    return plain


def _as_json(value: Any) -> Any:
    return dict(value)


def _read(answer: str) -> dict[str, Any]:
    try:
        read = json.loads(answer)
    except ValueError as error:
        raise FactorRefused() from error
    if not isinstance(read, dict):
        raise FactorRefused()
    return read
