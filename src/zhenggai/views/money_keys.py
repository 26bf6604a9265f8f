"""The money of reports in JSON. What makes it is imported on use: few plans have money."""

from typing import Any

from zhenggai.views.columns import Key, Keys, ObjectOf


def snapshot_of_money(report: Any) -> Any:
    """The snapshot whose money a report gives: that of a phase's tasks, else that of the report."""
    return getattr(report, "of_phase", report.snapshot)


def _money(report: Any) -> dict[str, object] | None:
    snapshot = snapshot_of_money(report)
    if not snapshot.has_money:
        return None
    from zhenggai.rules.day.money_sums import plan_money

    return _money_keys().record(plan_money(snapshot))


def _money_keys() -> Keys[Any]:
    from zhenggai.views.money import MONEY

    return MONEY


def _money_in_period(report: Any) -> dict[str, object] | None:
    done = report.done
    return None if done is None else _done_keys().record(done)


def _done_keys() -> Keys[Any]:
    from zhenggai.views.money import DONE

    return DONE


def _money_corrected(report: Any) -> dict[str, object] | None:
    corrected = report.corrected
    return None if corrected is None else _done_keys().record(corrected)


def _part_money(report: Any) -> dict[str, object] | None:
    money = report.money
    return None if money is None else _sums_keys().record(money.sums)


def _sums_keys() -> Keys[Any]:
    from zhenggai.views.money import SUMS

    return SUMS


def _money_of_plans(plans: Any) -> dict[str, object] | None:
    if not plans.with_money:
        return None
    from zhenggai.views.plans_money import sums_of_plans

    return _sums_keys().record(sums_of_plans(plans.with_money))


MONEY = Key[Any]("money", _money, ObjectOf(_money_keys), optional=True)
"""The sums of the report's snapshot, or of its phase's tasks, in yuan."""
MONEY_IN_PERIOD = Key[Any]("money_in_period", _money_in_period, ObjectOf(_done_keys), optional=True)
"""What was done in the report's period (``done``), in yuan."""
MONEY_CORRECTED = Key[Any]("money_corrected", _money_corrected, ObjectOf(_done_keys), optional=True)
"""By how much what was done before the report's period is more or less now (``corrected``), in yuan."""
PART_MONEY = Key[Any]("money", _part_money, ObjectOf(_sums_keys), optional=True)
"""The sums of the part that the report is about (``money``), in yuan."""
GROUP_MONEY = Key[Any](
    "money", lambda row: row.money and _sums_keys().record(row.money), ObjectOf(_sums_keys), optional=True
)
"""The sums of a group (``money``), in yuan."""
MONEY_OF_PLANS = Key[Any]("money", _money_of_plans, ObjectOf(_sums_keys), optional=True)
"""The sums of several plans that have money (``with_money``), in yuan."""


def tells_of_money(report: Any) -> bool:
    """Whether a report, or the class of one, gives the sums of its snapshot."""
    return MONEY in getattr(getattr(report, "keys", None), "keys", ())
