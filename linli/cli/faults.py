"""What is wrong, in Chinese: the faults that checks name in English, for terminals that speak Chinese."""

from __future__ import annotations

import re

from linli.config.language import words

# as checks write it → how it is told; each number and name is taken over
CHINESE = (
    ("missing", "不见了"),
    ("changed", "被改动过"),
    ("words changed", "文字被改动过"),
    ("no events", "没有经过"),
    (r"(\w+) is not what the events say", r"{0} 与经过不一致"),
    (r"(\w+) does not follow from the events", r"{0} 不能从经过推出"),
    (r"line (\d+): is no header of (\S+)", "第 {0} 行：不是 {1} 的文件头"),
    (r"line (\d+): is of no kind that is known", "第 {0} 行：不认识这种内容"),
    (r"line (\d+): cannot be read: (.+)", "第 {0} 行：读不出来：{1}"),
    ("the file is empty", "文件是空的"),
    (r"line (\d+): stands after the report of the week", "第 {0} 行：写在周报之后"),
    (r"(.+): event (\S+) stands in the wrong place", "{0}：第 {1} 步的位置不对"),
    (r"(.+): event (\S+) has no hash", "{0}：第 {1} 步没有哈希值"),
    (
        r"(.+): event (\d+) is another than in an earlier file",
        "{0}：第 {1} 步与先前文件里的不同",
    ),
    ("another in the file", "与文件里的不同"),
    ("an event of the file is in no chain", "文件里有一步不在任何经过里"),
    (
        r"(.+): counts an event that was counted in (.+)",
        "{0}：计入了已在 {1} 计过的一步",
    ),
    (r"(.+): is counted twice", "{0}：重复计入"),
    ("the report of the week is missing", "缺少周报"),
    (r"week: the table (\w+) tells a number that is too small", "周报：表 {0} 公布了过小的数字"),
    (
        "the week rests on other lines than those of this file",
        "周报依据的不是这个文件里的内容",
    ),
    (
        r"week: the table (\w+) is not what its file comes to",
        "周报：表 {0} 与文件算出来的不一致",
    ),
    (
        r"(.+): (\w+) is (\S+) as published, (\S+) counted again",
        "{0}：{1} 公布为 {2}，重新计算为 {3}",
    ),
    (r"rate (\w+) is missing", "缺少比率 {0}"),
    (
        r"rate (\w+) is (\S+) as published, (\S+) counted again",
        "比率 {0} 公布为 {1}，重新计算为 {2}",
    ),
    ("this is no export of a log", "这不是日志的导出文件"),
    ("no signed head covers any entry", "没有一个签名的日志头覆盖任何一条"),
    (
        r"the head of size (\d+) that you know is not in this log",
        "您保存的长度为 {0} 的日志头不在这份日志里",
    ),
    ("the file does not begin with a line that names its format", "文件的第一行没有写明格式"),
    (r"cannot be read: (.+)", "读不出来：{0}"),
    (r"the format “(.+)” is not known; (.+) is", "不认识格式“{0}”，只认识 {1}"),
    (r"the roots before entry (\d+) are missing", "缺少第 {0} 条之前的根"),
    (
        r"this part begins at entry (\d+), expected (\d+)",
        "这一部分从第 {0} 条开始，应从第 {1} 条开始",
    ),
    (r"entry (\d+) stands where entry (\d+) is expected", "这里应是第 {1} 条，却是第 {0} 条"),
    (r"the content of entry (\d+) is not what was entered", "第 {0} 条的内容与当初写入的不同"),
    (r"the head of size (\d+) stands behind (\d+) entries", "长度为 {0} 的日志头在 {1} 条之后"),
    (r"the head of size (\d+) is of another log, (.+)", "长度为 {0} 的日志头属于另一份日志 {1}"),
    (
        r"the head of size (\d+) is not signed by a key of this log",
        "长度为 {0} 的日志头不是用这份日志的密钥签名的",
    ),
    (
        r"the head of size (\d+) has another root than its entries",
        "长度为 {0} 的日志头的根与各条不符",
    ),
    (r"“(.+)” is not a key of the log (.+)", "“{0}”不是日志 {1} 的密钥"),
    (r"the key “(.+)” is damaged", "密钥“{0}”已损坏"),
)


def told(fault: str) -> str:
    """Return a fault in the language of this run; one that is not known here stays as it is."""
    return words(fault, chinese(fault))


def chinese(fault: str) -> str:
    """Return a fault in Chinese, with what is quoted in it."""
    for pattern, text in CHINESE:
        if found := re.fullmatch(pattern, fault, re.DOTALL):
            return text.format(*(chinese(part) for part in found.groups()))
    return fault
