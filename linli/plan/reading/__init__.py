"""Reading a policy plan from its raw text: pure functions over characters, no Django.

Every item keeps the offsets it was read from, so that a page can show the text beside it.
"""

from linli.plan.reading.intake import UnreadableText, decode
from linli.plan.reading.reader import read_plan
from linli.plan.reading.shape import PlanRead

__all__ = ["PlanRead", "UnreadableText", "decode", "read_plan"]
