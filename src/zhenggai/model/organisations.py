"""The organisation book (党组织册): party organisations, their terms of office, and their supporters while they are weak."""

from dataclasses import field, fields
from datetime import date
from functools import cached_property
from typing import ClassVar, Literal, get_args

from zhenggai.deadline.calendar import add_months
from zhenggai.frozen import frozen
from zhenggai.model.labels import PlainConfig, label_of, plain_config
from zhenggai.model.name_keys import ByName, name_key
from zhenggai.model.source import Where

OrganisationKind = Literal["基层党委", "党总支", "党支部", "村党组织", "社区党组织"]
TERM_YEARS = dict(zip(get_args(OrganisationKind), (5, 3, 3, 5, 5), strict=True))
"""Years of a term by kind of organisation; 届期 in the book overrides it."""
LONGEST_TERM = 10  # years; a longer term is taken for a typing error
_LAST_YEAR = 9900  # the term of a later election could end after the last year of the calendar


@frozen(kw_only=True)
class Supporters:
    """四个一: the four supporters of a weak organisation."""

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    county_leader: str | None = None
    township_leader: str | None = None
    first_secretary: str | None = None
    paired_unit: str | None = None
    where: Where = field(default=Where(), compare=False)


@frozen(kw_only=True)
class Organisation:
    """A party organisation of a unit. ``superior`` is the unit above it; by default the plan's 工作专班.

    ``last_election`` is the last election before the plan's ledger; elections in the ledger count from their own dates.
    """

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    name: str
    unit: str
    superior: str | None = None
    category: OrganisationKind | None = None
    term_years: int | None = None
    last_election: date
    secretary: str | None = None
    supporters: Supporters | None = None
    own_scheme: str | None = None
    where: Where = field(default=Where(), compare=False)

    @property
    def years(self) -> int | None:
        """Years of its term: its own 届期, else that of its kind; None if it has neither."""
        return self.term_years or TERM_YEARS.get(self.category or "")

    def term_end(self, elected: date) -> date | None:
        """The last day of the term after an election; None if the length of the term is unknown or invalid."""
        if self.years is None or not 0 < self.years <= LONGEST_TERM or elected.year > _LAST_YEAR:
            return None
        return add_months(elected, 12 * self.years)

    @property
    def missing_supporters(self) -> tuple[str, ...]:
        """The labels of the supporters that are not named yet."""
        named = self.supporters or Supporters()
        return tuple(label_of(f.name) for f in fields(Supporters) if f.name != "where" and not getattr(named, f.name))


@frozen(kw_only=True, slots=False)
class OrganisationBook:
    """All party organisations of a repository (``plans/organisations.yaml``); empty if there is no such file."""

    __pydantic_config__: ClassVar[PlainConfig] = plain_config()
    listed: tuple[Organisation, ...] = ()
    where: Where = field(default=Where(), compare=False)

    @cached_property
    def by_name(self) -> ByName[Organisation]:
        """Organisations by name; for a repeated name, the first."""
        found: dict[str, Organisation] = {}
        for organisation in self.listed:
            found.setdefault(name_key(organisation.name), organisation)
        return ByName((organisation.name, organisation) for organisation in found.values())
