"""One setting from outside each: read and checked; what is wrong with it joins the faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Any
from urllib.parse import urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from linli.config.wrong import said
from linli.kernel.wholes import whole_number

# systems of the city: where each is, and the secret shared with it
CONNECTIONS = {
    "hall": ("LINLI_HALL_URL", "LINLI_HALL_SECRET"),
    "base_data": ("LINLI_BASE_DATA_URL", "LINLI_BASE_DATA_SECRET"),
    "payments": ("LINLI_PAYMENTS_URL", "LINLI_PAYMENTS_SECRET"),
    "seals": ("LINLI_SEALS_URL", "LINLI_SEALS_SECRET"),
}
OWN_NETWORKS = ("127.0.0.0/8", "::1/128")
OWN_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})
MIN_SECRET = 32


@dataclass(frozen=True)
class Database:
    """How to reach a database as one role. `host` may be a folder that holds a socket."""

    host: str
    port: int
    name: str
    user: str
    password: str
    # what else the address asks of the driver: sslmode, options, …
    options: tuple[tuple[str, str], ...] = ()

    def conninfo(self, name: str = "") -> dict[str, Any]:
        """Return the connection as the driver takes it; `name` is another database there."""
        return {
            "host": self.host,
            "port": self.port,
            "dbname": name or self.name,
            "user": self.user,
            "password": self.password,
            **dict(self.options),
        }


@dataclass(frozen=True)
class Mail:
    """The mail server of the city; without one, e-mail is not offered as a channel."""

    host: str
    port: int
    user: str
    password: str
    sender: str


def mail_of(values: Mapping[str, str], faults: list[str]) -> Mail | None:
    """Return the mail server, None without one."""
    host = values.get("EMAIL_HOST", "")
    if not host:
        return None
    sender = values.get("EMAIL_FROM", "")
    if "@" not in sender:
        faults.append(said("no_sender"))
    port = values.get("EMAIL_PORT", "465")
    return Mail(
        host=host,
        port=whole_number(port, least=1, most=65535) or 465,
        user=values.get("EMAIL_USER", ""),
        password=values.get("EMAIL_PASSWORD", ""),
        sender=sender,
    )


def connections_of(values: Mapping[str, str], faults: list[str]) -> dict[str, tuple[str, str]]:
    """Addresses come from here alone: what another system names is never asked."""
    found = {}
    for system, (at, by) in CONNECTIONS.items():
        address, secret = values.get(at, ""), values.get(by, "")
        if not address:
            continue
        if not _is_safe(address):
            faults.append(said("connection_address", name=at))
        if len(secret) < MIN_SECRET:
            faults.append(said("connection_secret", name=by, least=MIN_SECRET))
        found[system] = (address, secret)
    return found


def _is_safe(address: str) -> bool:
    try:
        parts = urlsplit(address)
        has_port = parts.port is None or parts.port > 0
    except ValueError:
        return False
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in OWN_MACHINE)
    return bool(safe and has_port and parts.hostname and not parts.query and not parts.fragment)


def port_of(text: str, faults: list[str]) -> int:
    """Return a port of TCP."""
    port = whole_number(text, least=1, most=65535)
    if port is not None:
        return port
    faults.append(said("no_port", text=text))
    return 8000


def flag_of(values: Mapping[str, str], name: str, faults: list[str]) -> bool:
    """Say whether a setting is 1; 0 without it."""
    return choice_of(values, name, "0", ("0", "1"), faults) == "1"


def proxies_of(values: Mapping[str, str], host: str, faults: list[str]) -> tuple[str, ...]:
    """Return the networks whose word on a request counts: those named, else this machine while none else is heard."""
    named = [one.strip() for one in values.get("TRUSTED_PROXIES", "").split(",") if one.strip()]
    for one in named:
        try:
            ip_network(one)
        except ValueError:
            faults.append(said("no_network", value=one))
    if not named and values.get("HTTPS") == "1" and host not in OWN_MACHINE:
        faults.append(said("no_proxies"))
    return tuple(named) or OWN_NETWORKS


def choice_of(
    values: Mapping[str, str], name: str, default: str, choices: tuple[str, ...], faults: list[str]
) -> str:
    """Return one of the words that a setting may have."""
    value = values.get(name) or default
    if value in choices:
        return value
    faults.append(said("unknown", name=name, value=value, choices=", ".join(choices)))
    return default


def database_of(values: Mapping[str, str], name: str, faults: list[str]) -> Database | None:
    """Return how to reach a database, None where none is named."""
    url = values.get(name)
    if not url:
        return None
    if urlsplit(url).scheme not in ("postgresql", "postgres"):
        faults.append(said("address", name=name, why=""))
        return None
    try:
        # the driver's own reading: sockets as host, and every option that it knows
        parts = {key: str(value) for key, value in conninfo_to_dict(url).items()}
        port = int(parts.pop("port", "5432"))
    except (ProgrammingError, ValueError) as error:
        faults.append(said("address", name=name, why=f" ({str(error).strip()})"))
        return None
    host, user = parts.pop("host", "127.0.0.1"), parts.pop("user", "")
    dbname, password = parts.pop("dbname", ""), parts.pop("password", "")
    if not dbname or not user or "," in host:
        faults.append(said("address", name=name, why=""))
        return None
    return Database(host, port, dbname, user, password, tuple(sorted(parts.items())))
