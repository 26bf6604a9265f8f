"""Where an entry is filed: under a task, or beside the tasks."""

from typing import NamedTuple

from zhenggai.model.entry_classes import About, kinds_about

LOOSE_KINDS = kinds_about(About.ORGANISATION, About.NOTHING)
"""Entries of these kinds move no task, even where they name one."""


class Address(NamedTuple):
    """What a task is called by, a measure and the unit (full name) that the plan gave it to; an entry is filed under it.

    Without a measure it is what entries about no task are filed under.
    """

    measure: str
    unit: str

    @property
    def is_task(self) -> bool:
        """Whether it is a task's."""
        return self.measure != ""


WHOLE = Address("", "整个单位")
"""Inspections and steps of the ladder that name a unit and no measure, and what answers them."""
LOOSE = Address("", "另册")
"""What moves no task: the registers' entries, a 经验 of no task."""
WRONG = Address("", "有误")
"""What could not be filed; a problem says why."""
