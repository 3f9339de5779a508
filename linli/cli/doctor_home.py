"""What `linli doctor` looks at without a database: the disk, the home and its keys, what is told outside."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass

from linli.cli.embedded import account
from linli.config.env import Env
from linli.config.language import words

LEAST_FREE_BYTES = 1024**3


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `fix` is empty if it is well; one that is well with a fix is a notice."""

    check: str
    is_well: bool
    what: str
    fix: str = ""


def check_disk(env: Env) -> Iterable[Finding]:
    there = next(path for path in (env.home, *env.home.parents) if path.is_dir())
    free = shutil.disk_usage(there).free
    yield Finding(
        "disk",
        free >= LEAST_FREE_BYTES,
        words(
            f"{free // 1024**2:,} MB free where {env.home} lies",
            f"{env.home} 所在磁盘还有 {free // 1024**2:,} MB",
        ),
        ""
        if free >= LEAST_FREE_BYTES
        else words(
            f"Free space on that disk, or move LINLI_HOME ({env.home}).",
            f"请清理这块磁盘，或者把 LINLI_HOME（{env.home}）移到别处。",
        ),
    )


def check_home(env: Env) -> Iterable[Finding]:
    blocked = account.unreachable(env.home) if env.is_embedded and env.home.exists() else None
    fix = (
        words(
            f"chmod o+x {blocked}, or choose another LINLI_HOME such as /var/lib/linli",
            f"chmod o+x {blocked}，或者换一个 LINLI_HOME，例如 /var/lib/linli",
        )
        if blocked
        else ""
    )
    yield Finding(
        "home",
        blocked is None,
        words(f"all state is in {env.home}", f"全部数据都在 {env.home}"),
        fix,
    )
    keys = env.home / "keys"
    open_keys = [p.name for p in keys.glob("*") if p.is_file() and p.stat().st_mode & 0o077]
    fix = f"chmod 600 {' '.join(str(keys / name) for name in open_keys)}" if open_keys else ""
    what = words("keys are readable by their owner alone", "密钥只有所属账户能读")
    yield Finding("keys", not open_keys, what, fix)


def check_footer(env: Env) -> Iterable[Finding]:
    lacking = [
        name
        for name, value in (("LINLI_SPONSOR", env.sponsor), ("LINLI_OPERATOR", env.operator))
        if not value.strip()
    ]
    if (env.home / "real").exists():
        fix = words(
            f"Set {' and '.join(lacking)}: every page's footer names them.",
            f"请设置 {' 和 '.join(lacking)}：每一页的页脚都要写明。",
        )
        what = words("who answers for this platform stands in the footer", "页脚写明了由谁负责")
        yield Finding("footer", True, what, fix if lacking else "")


def check_https(env: Env) -> Iterable[Finding]:
    """Say what is set of HTTPS; an address that says https while cookies go in the open is a fault."""
    if not env.is_https:
        is_said = env.public_url.startswith("https://")
        fix = words(
            "Put HTTPS in front and set HTTPS=1 (docs/howto/run-for-real.md).",
            "请在前面配置 HTTPS，并设置 HTTPS=1（见 docs/howto/run-for-real.md）。",
        )
        what = words(
            "plain HTTP: cookies may go in the open", "未启用 HTTPS：登录凭证可能以明文传输"
        )
        is_demo = not (env.home / "real").exists()
        yield Finding("https", not is_said, what, "" if is_demo and not is_said else fix)
        return
    sent_on = (
        words("plain HTTP is sent on to HTTPS", "明文 HTTP 会转到 HTTPS")
        if env.redirects
        else words(
            "the proxy sends plain HTTP on (HTTPS_REDIRECT=0)",
            "明文 HTTP 由反向代理转到 HTTPS（HTTPS_REDIRECT=0）",
        )
    )
    whom = ", ".join(env.trusted_proxies)
    what = words(
        f"HTTPS: secure cookies, HSTS; {sent_on}; believed proxies: {whom}",
        f"已启用 HTTPS：安全凭证、HSTS；{sent_on}；可信反向代理：{whom}",
    )
    yield Finding("https", True, what)


def check_demo(env: Env) -> Iterable[Finding]:
    risky = (env.home / "demo").exists() and env.host not in ("127.0.0.1", "::1", "localhost")
    fix = words(
        "Start a home of its own with `linli up --empty`.",
        "请用 `linli up --empty` 另建一个正式的目录。",
    )
    what = words(
        "demo sign-ins are not reachable from other machines", "演示账号不能从别的机器登录"
    )
    yield Finding("demo", not risky, what, fix if risky else "")
