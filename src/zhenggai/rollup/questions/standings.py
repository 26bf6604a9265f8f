"""How measures and problems stand, from the groups of their tasks: the rule ``rules.day.counts.standing_of`` as expressions."""

from collections.abc import Mapping

import ibis

from zhenggai.rules.day.counts import STANDINGS, CountedBy
from zhenggai.rules.day.day_status import Group


def flags(tasks: ibis.Table) -> Mapping[str, ibis.Value]:
    """Of some tasks: whether any of them is in each group that can be completed, a column a group."""
    return {standing.value: (tasks["group"] == standing.value).any() for standing in STANDINGS}


def any_of(rows: ibis.Table) -> Mapping[str, ibis.Value]:
    """The flags of several rows that have flags, together."""
    return {standing.value: rows[standing.value].any() for standing in STANDINGS}


def standings(rows: ibis.Table, what: CountedBy) -> Mapping[str, ibis.Value]:
    """How many of some measures or problems, a row with flags each, are in each standing. The names are those of ``Counts``."""
    completed, basically, going, not_begun = (rows[standing.value] for standing in STANDINGS)
    of = {
        Group.COMPLETED: completed & ~basically & ~going & ~not_begun,
        Group.BASICALLY_DONE: basically & ~going & ~not_begun,
        Group.IN_PROGRESS: going | (not_begun & (completed | basically)),
        Group.NOT_STARTED: not_begun & ~completed & ~basically & ~going,
    }
    return {f"{what.value}_{standing.value}": of[standing].sum() for standing in STANDINGS}
