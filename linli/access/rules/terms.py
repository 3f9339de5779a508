"""Decisions about accounts and rights, as functions of plain values."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

import phonenumbers

from linli.kernel.ids import ALPHABET

CODE_DIGITS, CODE_TRIES, CODE_LIFE = 6, 5, timedelta(minutes=5)
# a new code may be asked for a minute after the last one
AGAIN_LIMIT, AGAIN_AFTER = "access.code.minute", timedelta(minutes=1)
PIN_DIGITS, PIN_TRIES = 6, 5
FULL_WIDTH_DIGITS = {0xFF10 + n: 0x30 + n for n in range(10)}
BADGE = re.compile(r"[0-9A-Za-z]{6,32}")
USERNAME = re.compile(r"[a-z][a-z0-9._-]{2,39}")

STAFF_SESSION, STAFF_IDLE = timedelta(hours=12), timedelta(minutes=30)
RESIDENT_SESSION = timedelta(days=30)
COUNTER_IDLE, COUNTER_IDLE_MOST = timedelta(minutes=5), timedelta(minutes=15)
# a session older than this asks for the password before rights, factors or tokens are changed
FRESH = timedelta(minutes=15)
SEEN_EVERY = timedelta(seconds=60)
ENDED_KEPT = timedelta(days=1)

LINK_LIFE, RESET_LIFE = timedelta(days=14), timedelta(days=3)
RESET_LINK_LIFE, FIRST_OPERATOR_LIFE = timedelta(hours=24), timedelta(hours=24)
AGENTS_KNOWN = 20
KEPT_LIFE, KEPT_MOST, KEPT_MOST_OF_NOBODY = timedelta(minutes=30), 262_144, 65_536
PENDING_LIFE = timedelta(minutes=10)
ACTING_LIFE = timedelta(hours=1)
DEVICE_LIFE = timedelta(days=400)

BREAK_GLASS_MOST = timedelta(hours=4)
OPERATOR_MOST = timedelta(hours=1)
SPECIAL_MOST = timedelta(days=365)
TOKEN_MOST = timedelta(days=365)
DEPUTY_MOST = timedelta(days=366)
ORDINARY_CEILING, HIGHEST = 5, 8


class Timed(Protocol):
    """Anything that holds from a moment until a moment, or without end."""

    @property
    def starts_at(self) -> datetime: ...
    @property
    def ends_at(self) -> datetime | None: ...
    @property
    def revoked_at(self) -> datetime | None: ...


def is_live(thing: Timed, now: datetime) -> bool:
    """Say whether a right or key holds at a moment; the end itself is outside."""
    begun = thing.starts_at <= now
    ended = thing.ends_at is not None and thing.ends_at <= now
    return begun and not ended and thing.revoked_at is None


def left_of_code(waits: timedelta) -> timedelta:
    """Return how long the last code is good, from how long a new one must wait.

    The wait alone tells it: whether that code was used meanwhile is not to be seen.
    """
    return max(CODE_LIFE - (AGAIN_AFTER - waits), timedelta(0))


def normal_phone(text: str) -> str | None:
    """Return a mobile number as +8613800001234, or None; mainland, Hong Kong and Macao.

    Spaces, dashes and full-width digits are forgiven; eight digits need their +852 or +853.
    """
    try:
        parsed = phonenumbers.parse(text.strip(), "CN")
    except phonenumbers.NumberParseException:
        return None
    kind = phonenumbers.number_type(parsed)
    mobile = (
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
    )
    if parsed.country_code not in (86, 852, 853) or kind not in mobile:
        return None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def local_phone(normal: str) -> str:
    """Return a number as people here dial it: without +86."""
    return normal.removeprefix("+86")


def is_weak_pin(pin: str) -> bool:
    """Say whether a PIN is not six digits, one digit repeated, a run, or a pair repeated."""
    if len(pin) != PIN_DIGITS or not pin.isascii() or not pin.isdigit():
        return True
    steps = {(int(b) - int(a)) % 10 for a, b in zip(pin, pin[1:], strict=False)}
    return steps in ({0}, {1}, {9}) or pin == pin[:2] * 3 or pin == pin[:3] * 2


def lacks_variety(password: str) -> bool:
    """Say whether a password has letters only or digits only.

    Basis: GB/T 22239-2019, complexity of what identifies a person.
    """
    return password.isalpha() or password.isdigit()


def normal_badge(text: str) -> str | None:
    """Return the number that a badge reader typed, in one form, or None."""
    cleaned = text.strip().strip(";?%").upper()
    return cleaned if BADGE.fullmatch(cleaned) else None


def totp(secret: str, counter: int) -> str:
    """Return the six digits of a counter. Basis: RFC 4226, RFC 6238 with SHA-1 and 30 seconds."""
    key = base64.b32decode(secret, casefold=True)
    digest = hmac.new(key, struct.pack(">Q", counter), hashlib.sha1).digest()
    start = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def totp_counter(secret: str, code: str, now: datetime) -> int | None:
    """Return the counter that a typed code belongs to, one step early or late, or None."""
    typed = code.replace(" ", "").translate(FULL_WIDTH_DIGITS).encode()
    current = int(now.timestamp()) // 30
    fits = [c for c in (current - 1, current, current + 1)
            if hmac.compare_digest(totp(secret, c).encode(), typed)]  # fmt: skip
    return fits[-1] if fits else None


def recovery_code(random: bytes) -> str:
    """Return a recovery code such as K7QM3-XRW2T, without signs that are misread."""
    number, signs = int.from_bytes(random, "big"), []
    for _ in range(10):
        number, place = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs[:5]) + "-" + "".join(signs[5:])


def normal_recovery(text: str) -> str:
    """Return a typed recovery code in one form: capitals, nothing between."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def idle_after(kind: str, device_idle_seconds: int | None) -> timedelta:
    """Return how long a session may rest before it ends, or before a counter locks."""
    if device_idle_seconds is not None:
        return timedelta(seconds=device_idle_seconds)
    return STAFF_IDLE if kind == "staff" else RESIDENT_SESSION


def session_life(kind: str) -> timedelta:
    """Return how long a session lasts at most."""
    return STAFF_SESSION if kind == "staff" else RESIDENT_SESSION


def tries_left(tries: int, most: int) -> int:
    """Return how many attempts remain, never below nothing."""
    return max(most - tries, 0)


def may_approve(approver: int, *, subject: int, asker: int | None, first: int | None) -> str | None:
    """Return why an account may not approve a reset: "self", "same", or None if it may.

    Whoever asked is not one of the two who approve.
    """
    if approver in (subject, asker):
        return "self"
    return "same" if first == approver else None


# the first that stands in a browser's own words; the order matters, since most name others too
BROWSERS = (("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("Firefox", "Firefox"),
            ("HuaweiBrowser", "Huawei"), ("QQBrowser", "QQ"), ("Chrome", "Chrome"),
            ("Safari", "Safari"))  # fmt: skip
SYSTEMS = (("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"),
           ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
           ("Linux", "Linux"))  # fmt: skip


def agent_text(agent: str) -> str:
    """Return what a browser calls itself in two words, such as Chrome · Windows; or nothing."""
    found = [
        next((words for sign, words in known if sign in agent), "") for known in (BROWSERS, SYSTEMS)
    ]
    return " · ".join(word for word in found if word)


def end_fault(
    starts: datetime, ends: datetime | None, *, ceiling: int, most: timedelta
) -> str | None:
    """Return what is wrong with the end of a right: "missing", "before", "far", or None.

    Rights on level 6 and above always end.
    """
    if ends is None:
        return "missing" if ceiling > ORDINARY_CEILING else None
    if ends <= starts:
        return "before"
    return "far" if ceiling > ORDINARY_CEILING and ends - starts > most else None


def quarter_of(on: date) -> tuple[int, int]:
    """Return (year, quarter) of a day."""
    return on.year, (on.month - 1) // 3 + 1


def quarter_days(year: int, quarter: int) -> tuple[date, date]:
    """Return the first and the last day of a quarter."""
    first = date(year, 3 * quarter - 2, 1)
    following = date(year + quarter // 4, 3 * quarter % 12 + 1, 1)
    return first, following - timedelta(days=1)


def free_username(wanted: str, taken: set[str]) -> str:
    """Return the wanted name, or the first of wanted2, wanted3 … that is free."""
    base = re.sub(r"[^a-z0-9._-]", "", wanted.lower())[:30] or "user"
    if not base[0].isalpha() or len(base) < 3:
        base = f"u{base}0"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}{number}"
    return name


def held_permits(wanted: Sequence[str], held: Iterable[str]) -> tuple[list[str], list[str]]:
    """Part the permits that a key asks for into those that its holder has and those she lacks."""
    known = set(held)
    return [p for p in wanted if p in known], [p for p in wanted if p not in known]
