"""What the value of a parameter is completed with at the prompt.

An ``Offer`` stands in the parameter's annotation, beside the option or argument:
``Annotated[str | None, text_option("--unit", …), UNITS]``. ``completion`` makes its answers from it.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

Thing = Literal[
    "plans",
    "units",
    "classes",
    "measures",
    "problems",
    "phases",
    "sources",
    "leaders",
    "persons",
    "types",
    "priorities",
    "submissions",
    "steps",
    "entries",
    "letters",
    "organisations",
    "files",
    "folders",
    "checks",
    "schemas",
]
"""What has names. ``completion.live_names`` finds those in the ledger, the shell those of files and folders; checks and
schemas are the program's own: its table of parameters has their names as words."""


class Offer(NamedTuple):
    """The values of a parameter: the names of things, then fixed words, each with what is said beside it."""

    things: tuple[Thing, ...] = ()
    words: tuple[tuple[str, str], ...] = ()


def either(*offers: Offer) -> Offer:
    """What any of the offers has."""
    return Offer(
        tuple(thing for offer in offers for thing in offer.things),
        tuple(word for offer in offers for word in offer.words),
    )


def one_of(known: Iterable[str], about: str = "") -> Offer:
    """Fixed words. Of an English and a Chinese word for the same, the parameter names the Chinese one."""
    return Offer(words=tuple((str(word), about) for word in known))


PLANS = Offer(("plans",))
UNITS = Offer(("units",))
CLASSES = Offer(("classes",))
UNITS_OR_CLASSES = either(UNITS, CLASSES)
MEASURES = Offer(("measures",))
PROBLEMS = Offer(("problems",))
MEASURES_OR_PROBLEMS = either(MEASURES, PROBLEMS)
PHASES = Offer(("phases",))
SOURCES = Offer(("sources",))
LEADERS = Offer(("leaders",))
PERSONS = Offer(("persons",))
TYPES = Offer(("types",))
PRIORITIES = Offer(("priorities",))
SUBMISSIONS = Offer(("submissions",))
STEPS = Offer(("steps",))
ENTRIES = Offer(("entries",))
LETTERS = Offer(("letters",))
ORGANISATIONS = Offer(("organisations",))
FILES = Offer(("files",))
FOLDERS = Offer(("folders",))
CHECKS = Offer(("checks",))
SCHEMA_NAMES = Offer(("schemas",))
