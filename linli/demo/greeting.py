"""What `linli up` prints when the city is ready."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from linli.demo.cast import RESIDENT_PHONE


def text(base: str, rows: Sequence[dict[str, Any]], link: str = "") -> str:
    """Return addresses and, in the demo, sign-ins; in an empty city the operator's one-time link."""
    lines = [
        "",
        f"  Linli 邻里   {base}",
        "",
        f"  city 市       {base}/zh-hans/      {base}/en/",
        f"  plan 方案     {base}/zh-hans/plan/",
        f"  API 接口      {base}/api/v1/openapi.json",
    ]
    if link:
        lines += [
            "",
            "  First operator, one-time link 第一个管理员的一次性链接：",
            f"  {base}{link}",
        ]
    if rows:
        lines += [
            f"  village 村    {base}/zh-hans/places/441900990201/",
            f"  sign in 登录  {base}/zh-hans/access/sign-in/",
            f"  resident 居民 {base}/zh-hans/access/sign-in/resident/",
            "",
            "  Demo sign-ins 演示账号 (second factor: `.venv/bin/linli demo` prints the present code):",
        ]
        lines += [f"    {_padded(row)}" for row in rows if row["username"]]
        lines += [f"    API token  {row['token']}" for row in rows if "token" in row]
        lines += [f"    Open311    {row['open311_key']}" for row in rows if "open311_key" in row]
    return "\n".join([*lines, "", "  Ctrl-C stops everything. 按 Ctrl-C 停止。", ""])


def said(row: dict[str, Any]) -> str:
    """Return who signs in: the place, and the post with the body that it belongs to."""
    return f"{row['place']} {row.get('body', '')}{row['post']}"


def _padded(row: dict[str, Any]) -> str:
    dated = f" · {row['level']} 级 level {row['level']} → {row['until']}" if "until" in row else ""
    # a resident has no password: she is sent a code
    coded = " · mobile number and code 手机号和验证码" if row["username"] == RESIDENT_PHONE else ""
    return f"{row['username']:<16} {row['password']:<22} {said(row)}{dated}{coded}"
