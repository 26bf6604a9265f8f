"""The money that an entry reports: 整改金额, 追缴, 挽回损失. Each is what came to it since the entry before."""

from collections.abc import Iterator

from zhenggai.model.event_of_entry import Event
from zhenggai.model.money import NO_MONEY, Amount, Money, amount_of


def reported(event: Event, unit: str | None) -> Money:
    """The money that an entry reports, in yuan. A bare number counts in ``unit``; ``KeyError`` if there is none."""
    given = {name: amount.in_yuan(unit) for name, amount in _amounts(event)}
    return Money(**given) if given else NO_MONEY


def has_money(event: Event) -> bool:
    """Whether an entry reports money."""
    return any(name in Money._fields for name, _ in event.more)


def bare_amounts(event: Event) -> Iterator[tuple[str, Amount]]:
    """The amounts without a unit, each with the name of its field."""
    return ((name, amount) for name, amount in _amounts(event) if not amount.unit)


def _amounts(event: Event) -> Iterator[tuple[str, Amount]]:
    for name, text in event.more:
        if name in Money._fields and (amount := amount_of(text)):
            yield name, amount
