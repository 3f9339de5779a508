"""The words by which parts of a plan are headed, with or without a number."""

from __future__ import annotations

import re

PART = re.compile(
    r"(?:工作|主要|重点|总体|实施|组织|保障|基本|目标|推进)(?:和|与)?(?:主要|重点)?"
    r"(?:目标|任务|原则|要求|步骤|措施|保障|思路|举措|安排)$"
)
