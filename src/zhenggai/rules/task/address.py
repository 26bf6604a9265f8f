"""The address of an entry: the task that it is filed under, or one of three addresses for entries about no task."""

from typing import NamedTuple

from zhenggai.model.entry_classes import About, kinds_about

LOOSE_KINDS = kinds_about(About.ORGANISATION, About.NOTHING)
"""The kinds of entry that never change a task's state, even if the entry names a task."""


class Address(NamedTuple):
    """The name of a task: the number of its measure, and the full name of the unit that the plan made responsible.

    Entries are filed under an address. An address without a measure is no task's: see ``WHOLE``, ``LOOSE`` and ``WRONG``.
    """

    measure: str
    unit: str

    @property
    def is_task(self) -> bool:
        """Whether this is the address of a task."""
        return self.measure != ""


WHOLE = Address("", "整个单位")
"""The address of entries about a whole unit: inspections and steps of the ladder without a measure, and the answers to them."""
LOOSE = Address("", "另册")
"""The address of entries about no task: the registers' entries, and a 经验 without a task."""
WRONG = Address("", "有误")
"""The address of entries that cannot be filed; a diagnostic says why."""
