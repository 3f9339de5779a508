"""All settings from outside, read once and checked together: what is wrong is said at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from linli.config.wrong import said
from linli.kernel.wholes import whole_number

ROOT = Path(__file__).resolve().parents[2]
# systems of the city: where each is, and the secret shared with it
CONNECTIONS = {
    "hall": ("LINLI_HALL_URL", "LINLI_HALL_SECRET"),
    "base_data": ("LINLI_BASE_DATA_URL", "LINLI_BASE_DATA_SECRET"),
    "payments": ("LINLI_PAYMENTS_URL", "LINLI_PAYMENTS_SECRET"),
    "seals": ("LINLI_SEALS_URL", "LINLI_SEALS_SECRET"),
}
OWN_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})
SOCKET, MAX_SOCKET_PATH = "run/.s.PGSQL.54329", 107
MIN_SECRET = 32


class WrongSettings(Exception):
    """Carries every fault found, each with its mend."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


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


@dataclass(frozen=True)
class Env:
    home: Path
    host: str
    port: int
    database: Database | None
    owner_database: Database | None
    secret_key: str | None
    allowed_hosts: tuple[str, ...]
    public_url: str
    debug: bool
    is_https: bool
    sponsor: str
    operator: str
    icp_number: str
    police_number: str
    site_code: str
    hotline: str
    log_level: str
    suite: str
    mail: Mail | None
    prepares: bool
    # system → (address, secret); where none is named there is no connection
    connections: Mapping[str, tuple[str, str]]

    @property
    def is_embedded(self) -> bool:
        """Say whether the database is our own, in LINLI_HOME."""
        return self.database is None


def read_env(given: Mapping[str, str] | None = None, *, needs_owner: bool = False) -> Env:
    """Return the settings of this process. Raises WrongSettings with all faults.

    `needs_owner` is for work that only the owner of the tables can do.
    """
    values = os.environ if given is None else given
    faults: list[str] = []
    home = Path(values.get("LINLI_HOME") or ROOT / ".linli").expanduser()
    if not home.is_absolute():
        home = Path.cwd() / home
    told = _folder_faults(home) + ([] if values.get("DATABASE_URL") else home_faults(home))
    faults += [said("in_home", fault=fault) for fault in told]
    env = Env(
        home=home,
        host=values.get("HOST", "127.0.0.1"),
        port=_port(values.get("PORT", "8000"), faults),
        database=_database(values, "DATABASE_URL", faults),
        owner_database=_database(values, "DATABASE_OWNER_URL", faults),
        secret_key=values.get("SECRET_KEY") or None,
        allowed_hosts=tuple(
            h.strip() for h in values.get("ALLOWED_HOSTS", "").split(",") if h.strip()
        ),
        public_url=values.get("PUBLIC_URL", "").rstrip("/"),
        debug=_flag(values, "DEBUG", faults),
        is_https=_flag(values, "HTTPS", faults),
        sponsor=values.get("LINLI_SPONSOR", ""),
        operator=values.get("LINLI_OPERATOR", ""),
        icp_number=values.get("LINLI_ICP_NUMBER", ""),
        police_number=values.get("LINLI_POLICE_NUMBER", ""),
        site_code=values.get("LINLI_SITE_CODE", ""),
        hotline=values.get("LINLI_HOTLINE", "12345"),
        log_level=_choice(
            values, "LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"), faults
        ),
        mail=_mail(values, faults),
        suite=_choice(values, "LINLI_CRYPTO", "intl", ("intl", "sm"), faults),
        prepares=_choice(values, "LINLI_PREPARE", "1", ("0", "1"), faults) == "1",
        connections=_connections(values, faults),
    )
    _check_together(env, faults)
    if needs_owner and env.database and not env.owner_database:
        faults.append(said("no_owner"))
    if faults:
        raise WrongSettings(faults)
    return env


def home_faults(home: Path) -> list[str]:
    """Say why the embedded database could not have its socket in a home; empty if it can."""
    faults = []
    if len(os.fsencode(home / SOCKET)) > MAX_SOCKET_PATH:
        faults.append(said("long_path", home=home))
    # the database's own library takes a comma for the end of one host and the start of another
    if "," in str(home) or not str(home).isprintable():
        faults.append(said("odd_path", home=str(home)))
    return faults


def _folder_faults(home: Path) -> list[str]:
    """Say why there can be no folder: on the way to it something else stands."""
    there = next(path for path in (home, *home.parents) if os.path.lexists(path))
    if there.is_dir():
        return []
    return [said("no_folder", there=there)]


def _check_together(env: Env, faults: list[str]) -> None:
    if env.secret_key is not None and len(env.secret_key) < MIN_SECRET:
        faults.append(said("short_secret", count=len(env.secret_key), least=MIN_SECRET))
    if env.owner_database and not env.database:
        faults.append(said("owner_alone"))
    if env.database and env.owner_database and env.database.user == env.owner_database.user:
        faults.append(said("same_role"))
    if env.host not in OWN_MACHINE and not env.allowed_hosts:
        faults.append(said("no_hosts"))


def _mail(values: Mapping[str, str], faults: list[str]) -> Mail | None:
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


def _connections(values: Mapping[str, str], faults: list[str]) -> dict[str, tuple[str, str]]:
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


def _port(text: str, faults: list[str]) -> int:
    port = whole_number(text, least=1, most=65535)
    if port is not None:
        return port
    faults.append(said("no_port", text=text))
    return 8000


def _flag(values: Mapping[str, str], name: str, faults: list[str]) -> bool:
    return _choice(values, name, "0", ("0", "1"), faults) == "1"


def _choice(
    values: Mapping[str, str], name: str, default: str, choices: tuple[str, ...], faults: list[str]
) -> str:
    value = values.get(name) or default
    if value in choices:
        return value
    faults.append(said("unknown", name=name, value=value, choices=", ".join(choices)))
    return default


def _database(values: Mapping[str, str], name: str, faults: list[str]) -> Database | None:
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
