"""The kinds of entries (事项), and the conclusions that some of them have."""

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What an entry records: the value of its 事项."""

    CLAIM = "认领"
    PROGRESS = "进展"
    BASICALLY_DONE = "基本完成"
    DONE = "完成"
    APPLICATION = "申请销号"
    FIRST_REVIEW = "初审"
    SECOND_REVIEW = "复核"
    ON_SITE = "现场核查"
    NOTICE = "销号公示"
    CLOSE_OUT = "销号"
    FILING = "备案"
    REOPENING = "重新整改"
    EXTENSION_REQUEST = "申请延期"
    EXTENSION_GRANT = "同意延期"
    EXTENSION_REFUSAL = "不同意延期"
    TO_LONG_TERM = "转长期"
    LONG_TERM_REVIEW = "长期评估"
    OCCURRENCE = "例行"
    INSPECTION = "督查"
    LOOK_BACK = "回头看"
    REMINDER = "提醒"
    SUPERVISION = "督办"
    ADMONITION = "告诫"
    INTERVIEW = "约谈"
    CRITICISM = "通报"
    ACCOUNTABILITY = "问责"
    REPLY = "回复"
    CORRECTION = "更正"
    ELECTION = "换届"
    WEAK_ORGANISATION = "软弱涣散"
    LESSON = "经验"


ABSENT: Final = "经核查不存在"  # conclusion of a 完成: the unit does not have this problem
PASSED, RETURNED = "通过", "退回"
TRUE, UNTRUE, RELAPSED = "属实", "不实", "反弹"
