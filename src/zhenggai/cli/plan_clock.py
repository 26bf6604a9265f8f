"""The present time for files of the data: in the zone of the plan to which each belongs."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from zhenggai.cli import clock
from zhenggai.reading.data_folders import PLANS, place_of, plan_paths
from zhenggai.reading.load import load_plan


def times_at(root: Path) -> Callable[[str], datetime]:
    """A function that gives the present time for the file at a path; in Beijing, if it belongs to no readable plan.

    Each plan is read once.
    """
    found: dict[str, datetime] = {}

    def now_at(path: str) -> datetime:
        number = place_of(path).plan
        if number not in found:
            plan = f"{PLANS}/{number}.yaml"
            found[number] = clock.now_in(load_plan(root, plan)[0] if plan in plan_paths(root) else None)
        return found[number]

    return now_at
