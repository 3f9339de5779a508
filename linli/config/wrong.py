"""What is wrong with settings and how it is mended, in the language of commands."""

from __future__ import annotations

from collections.abc import Iterable

from linli.config.language import words

_ROLES = (
    "`linli doctor --sql` prints the roles to create.",
    "`linli doctor --sql` 会列出要建的角色。",
)
_ADDRESS = "postgresql://user:password@host:5432/name?sslmode=…"
_SAID = {
    "no_owner": (
        "DATABASE_OWNER_URL: name the role that owns the tables, to migrate, back up and restore. "
        + _ROLES[0],
        "DATABASE_OWNER_URL：升级数据表、备份和恢复时，请写明拥有这些表的角色。" + _ROLES[1],
    ),
    "long_path": (
        "the path {home} is too long for a socket. "
        "Choose a shorter one, such as LINLI_HOME=/var/lib/linli",
        "路径 {home} 太长，放不下套接字。请换短一些的，例如 LINLI_HOME=/var/lib/linli",
    ),
    "odd_path": (
        "the path {home!r} holds a comma or an unprintable sign. "
        "Choose another one, such as LINLI_HOME=/var/lib/linli",
        "路径 {home!r} 里有逗号或不可见字符。请换一个，例如 LINLI_HOME=/var/lib/linli",
    ),
    "no_use": (
        "the folder {home} cannot be used: {why}. "
        "Choose one that you may write to, such as LINLI_HOME=/var/lib/linli",
        "文件夹 {home} 不能用：{why}。请换一个可以写入的，例如 LINLI_HOME=/var/lib/linli",
    ),
    "no_folder": (
        "{there} is not a folder. Name a folder, such as LINLI_HOME=/var/lib/linli",
        "{there} 不是文件夹。请写一个文件夹，例如 LINLI_HOME=/var/lib/linli",
    ),
    "short_secret": (
        "SECRET_KEY: has {count} characters; give at least {least}.",
        "SECRET_KEY：只有 {count} 个字符，至少要 {least} 个。",
    ),
    "owner_alone": (
        "DATABASE_OWNER_URL is set but DATABASE_URL is not: set both, or neither.",
        "设置了 DATABASE_OWNER_URL，没有设置 DATABASE_URL：请两个都设，或者都不设。",
    ),
    "same_role": (
        "DATABASE_URL and DATABASE_OWNER_URL name the same role: the service must not own the "
        "tables. " + _ROLES[0],
        "DATABASE_URL 和 DATABASE_OWNER_URL 写了同一个角色：对外服务的角色不得拥有数据表。"
        + _ROLES[1],
    ),
    "no_hosts": (
        "ALLOWED_HOSTS: name the host names when HOST is open to other machines.",
        "ALLOWED_HOSTS：HOST 对其他机器开放时，请写明主机名。",
    ),
    "no_network": (
        "TRUSTED_PROXIES: “{value}” is no address and no network. Write such as 10.1.2.3 or 10.1.2.0/24.",
        "TRUSTED_PROXIES：“{value}”不是地址，也不是网段。请写成 10.1.2.3 或 10.1.2.0/24 这样。",
    ),
    "no_proxies": (
        "TRUSTED_PROXIES: name the addresses of the proxy when HTTPS is 1 and HOST is open to other machines.",
        "TRUSTED_PROXIES：HTTPS 为 1 且 HOST 对其他机器开放时，请写明反向代理的地址。",
    ),
    "redirect_alone": (
        "HTTPS_REDIRECT is 1 but HTTPS is not: set both, or neither.",
        "HTTPS_REDIRECT 为 1，HTTPS 却不是：请两个都设，或者都不设。",
    ),
    "connection_address": (
        "{name}: give an https address without query, such as https://hall.example.gov.cn/linli; "
        "http only on this machine.",
        "{name}：请填不带参数的 https 地址，例如 https://hall.example.gov.cn/linli；http 只能用于本机。",
    ),
    "connection_secret": (
        "{name}: both sides hold the same secret of at least {least} characters.",
        "{name}：双方持有同一个密钥，至少 {least} 个字符。",
    ),
    "no_sender": (
        "EMAIL_FROM: give the sender's address, such as linli@example.gov.cn.",
        "EMAIL_FROM：请填发件地址，例如 linli@example.gov.cn。",
    ),
    "no_port": (
        "PORT: “{text}” is not a port. Give a number from 1 to 65535.",
        "PORT：“{text}”不是端口号。请填 1 到 65535 之间的数。",
    ),
    "in_home": ("LINLI_HOME: {fault}", "LINLI_HOME：{fault}"),
    "unknown": (
        "{name}: “{value}” is not known. Give one of {choices}.",
        "{name}：不认识“{value}”。可选：{choices}。",
    ),
    "address": (
        f"{{name}}: write {_ADDRESS}, with one host, one port, a user and a name{{why}}.",
        f"{{name}}：请写成 {_ADDRESS}，只写一个主机、一个端口，并写明用户和库名{{why}}。",
    ),
}


def listed(faults: Iterable[str]) -> str:
    """Return faults as a command shows them."""
    head = words("Settings cannot be used:", "设置不能用：")
    return "\n".join([head, *(f"  - {fault}" for fault in faults)])


def said(code: str, **given: object) -> str:
    """Return the words of a fault."""
    return words(*_SAID[code]).format(**given)
