"""What each kind of letter says around its items: 提醒书, 督办单, 告诫书, 约谈通知书, 通报, 问责建议书."""

from collections.abc import Mapping
from typing import NamedTuple

from zhenggai.model.kinds import Kind
from zhenggai.model.wording import BLANK


class Wording(NamedTuple):
    """What a kind of letter says around its items.

    The texts have places for ``unit``, ``whom`` (its addressee), ``plan``, ``day``, ``counted`` (how many items are late or due),
    ``reply_by``, ``extension`` (that one may be asked for) and the words of ``terms``. ``blanks`` are filled in by hand, as the ledger does not know
    what they say; so is the ``receipt`` at the foot, by who gets the letter, and ``copies`` (抄送). ``to``: whom a letter goes to
    that speaks of the unit to others.
    """

    title: str
    opening: str
    request: str
    closing: str
    copies: bool = False
    blanks: tuple[str, ...] = ()
    receipt: str = ""
    to: str = ""


WORDINGS: Mapping[Kind, Wording] = {
    Kind.REMINDER: Wording(
        "整改提醒书",
        "截至{day}，《{plan}》中由你单位负责的事项，{counted}，现提醒如下：",
        "请对照时限抓紧办理，于{reply_by}前回复进展和办结日期{extension}。",
        "特此提醒。",
    ),
    Kind.SUPERVISION: Wording(
        "整改督办单",
        "截至{day}，《{plan}》交由你单位承担的任务，{counted}，现予督办：",
        "请主要负责人亲自过问，逐项查明原因、定出措施，于{reply_by}前书面回复办理情况和{terms.done}日期，由主要负责人签字。",
        "特此督办。",
        copies=True,
        receipt=f"签收人：{BLANK}{BLANK}签收日期：{BLANK}{BLANK}",
    ),
    Kind.ADMONITION: Wording(
        "整改告诫书",
        "截至{day}，你单位承担的《{plan}》任务，{counted}，{terms.rectify}责任没有落实到位，现予告诫：",
        "请限期{terms.settled}，于{reply_by}前书面回复{terms.rectify}结果；仍不能{terms.done}的，写明原因和最后{terms.done}日期。到期仍无结果的，按规定约谈。",
        "特此告诫。",
    ),
    Kind.INTERVIEW: Wording(
        "整改约谈通知书",
        "截至{day}，你单位承担的《{plan}》任务，{counted}，现通知你接受约谈，事由如下：",
        "请按时到场，说明没有{terms.done}的原因、应负的责任和下步{terms.rectify}安排；书面说明于{reply_by}前报送。",
        "特此通知。",
        blanks=(f"约谈时间：{BLANK}年　　月　　日　　时", f"约谈地点：{BLANK}{BLANK}", f"约谈人：{BLANK}{BLANK}"),
    ),
    Kind.CRITICISM: Wording(
        "整改情况通报",
        "截至{day}，{unit}承担的《{plan}》任务，{counted}，现予通报：",
        "{unit}要对照检查，立即{terms.rectify}，于{reply_by}前报送{terms.outcome}；仍未{terms.settled}的，按规定提请问责。其他责任单位要引以为戒，对照自查。",
        "特此通报。",
        copies=True,
        to="各责任单位",
    ),
    Kind.ACCOUNTABILITY: Wording(
        "问责建议书",
        "截至{day}，{unit}承担的《{plan}》任务，{counted}，没有按要求{terms.settled}，情况如下：",
        "建议按管理权限核查，对{whom}等负有责任的党组织和人员依规依纪问责。请于{reply_by}前回复处理意见。",
        "以上建议，请予研究。",
        to=f"{BLANK}{BLANK}（有管理权限的党组织、纪检监察机关）",
    ),
}
