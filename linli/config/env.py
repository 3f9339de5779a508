"""All settings from outside, read once and checked together: what is wrong is said at once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from linli.config.env_values import (
    MIN_SECRET,
    OWN_MACHINE,
    Database,
    Mail,
    choice_of,
    connections_of,
    database_of,
    flag_of,
    mail_of,
    port_of,
    proxies_of,
)
from linli.config.wrong import said

ROOT = Path(__file__).resolve().parents[2]
SOCKET, MAX_SOCKET_PATH = "run/.s.PGSQL.54329", 107


class WrongSettings(Exception):
    """Carries every fault found, each with its mend."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = faults
        super().__init__("\n".join(faults))


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
    redirects: bool
    trusted_proxies: tuple[str, ...]
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
        port=port_of(values.get("PORT", "8000"), faults),
        database=database_of(values, "DATABASE_URL", faults),
        owner_database=database_of(values, "DATABASE_OWNER_URL", faults),
        secret_key=values.get("SECRET_KEY") or None,
        allowed_hosts=tuple(
            h.strip() for h in values.get("ALLOWED_HOSTS", "").split(",") if h.strip()
        ),
        public_url=values.get("PUBLIC_URL", "").rstrip("/"),
        debug=flag_of(values, "DEBUG", faults),
        is_https=flag_of(values, "HTTPS", faults),
        redirects=flag_of(values, "HTTPS_REDIRECT", faults),
        trusted_proxies=proxies_of(values, values.get("HOST", "127.0.0.1"), faults),
        sponsor=values.get("LINLI_SPONSOR", ""),
        operator=values.get("LINLI_OPERATOR", ""),
        icp_number=values.get("LINLI_ICP_NUMBER", ""),
        police_number=values.get("LINLI_POLICE_NUMBER", ""),
        site_code=values.get("LINLI_SITE_CODE", ""),
        hotline=values.get("LINLI_HOTLINE", "12345"),
        log_level=choice_of(
            values, "LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR"), faults
        ),
        mail=mail_of(values, faults),
        suite=choice_of(values, "LINLI_CRYPTO", "intl", ("intl", "sm"), faults),
        prepares=choice_of(values, "LINLI_PREPARE", "1", ("0", "1"), faults) == "1",
        connections=connections_of(values, faults),
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
    if env.redirects and not env.is_https:
        faults.append(said("redirect_alone"))
    if env.host not in OWN_MACHINE and not env.allowed_hosts:
        faults.append(said("no_hosts"))
