"""What `linli up` prints when the city is ready."""

from __future__ import annotations


def text(base: str) -> str:
    """Return addresses and, in the demo, sign-ins."""
    return f"\nLinli 邻里  {base}\n"
