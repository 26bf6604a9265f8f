"""The options that all lists share: plan, filters, days, format, file. ``listing`` adds them to a command."""

from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from functools import partial, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from zhenggai.cli.destination import check_destination
from zhenggai.cli.filter_options import (
    CategoryOption,
    LeaderOption,
    LeadOption,
    LightOption,
    PersonOption,
    PriorityOption,
    SourceOption,
    StateOption,
    TypeOption,
    WordsArgument,
)
from zhenggai.cli.lone_words import Own, OwnNumber, OwnWords, plans_among
from zhenggai.cli.options import (
    AsOfOption,
    ForceOption,
    FormatOption,
    KnownByOption,
    NoPagerOption,
    OutputOption,
    PhaseOption,
    PlanOption,
    ProblemOption,
    UnitOption,
    VerifyOption,
    given,
)
from zhenggai.cli.question import Asked, Question
from zhenggai.cli.word_template import TemplateOption, is_word_file, word_template
from zhenggai.errors import Exit, FileChanged
from zhenggai.ledger import plan_files
from zhenggai.reading.data_folders import root_of

P = ParamSpec("P")

_TRIES = 3  # how often a list is asked for where its files change meanwhile


def _ask(
    words: WordsArgument = None,
    plan: PlanOption = None,
    unit: UnitOption = None,
    problem: ProblemOption = None,
    phase: PhaseOption = None,
    state: StateOption = None,
    lead: LeadOption = None,
    leader: LeaderOption = None,
    person: PersonOption = None,
    source: SourceOption = None,
    category: CategoryOption = None,
    light: LightOption = None,
    type: TypeOption = None,  # noqa: A002  # the option's own name
    priority: PriorityOption = None,
    as_of: AsOfOption = None,
    known_by: KnownByOption = None,
    format: FormatOption = None,  # noqa: A002  # the option's own name
    output: OutputOption = None,
    force: ForceOption = False,
    template: TemplateOption = None,
    no_pager: NoPagerOption = False,
    verify: VerifyOption = False,
    *,
    checks_output: bool,
    calendar: bool,
    options: Collection[str],
    own: Own,
    rest: Mapping[str, Any],
) -> Question:
    if checks_output and not is_folder_of_forms(output, rest):
        is_filled = rest.get("template") is not None and not is_word_file(rest["template"])
        check_destination(output, format, force, calendar=calendar, is_filled=is_filled)
    filled = word_template(template, output)
    root = root_of(Path.cwd())
    among = plans_among(root, words) if words and plan is None else []
    return Question(
        root=root,
        paths=plan_files(root, plan, *among),
        verify=verify,
        words=[word for word in words or () if word not in among],
        values={
            "unit": unit, "problem": problem, "phase": phase, "state": state, "lead": lead, "leader": leader,
            "person": person, "source": source, "category": category, "light": light, "type": type, "priority": priority,
            "as_of": as_of,
        },
        options=options,
        own=own,
        known_by=known_by,
        format=format,
        output=output,
        force=force,
        template=filled,
    )  # fmt: skip


def is_folder_of_forms(output: Path | None, own: Mapping[str, Any]) -> bool:
    """Whether ``list --fill`` is to write a form for each unit, into a folder."""
    return bool(own.get("fill")) and output is not None and (output.is_dir() or not output.suffix)


def listing(
    *,
    without: tuple[str, ...] = (),
    number: OwnNumber | None = None,
    own_words: OwnWords | None = None,
    of_one: bool = False,
    calendar: bool = False,
) -> Callable[[Callable[Concatenate[Asked, P], Exit]], Callable[..., int]]:
    """A decorator that adds the options of all lists to a command. The function gets them as its first argument, ``Asked``.

    Where several plans are asked, it is called for each, and their answers are put out as one; an ``of_one`` command is
    called for the one that it means.
    ``without`` names options that the command gives another meaning; a command with its own ``output`` checks it itself.
    ``number`` says what a number alone means to the command, which finds it in ``Asked.number``; ``own_words`` the same
    of words, in ``Asked.word``. ``calendar`` says that its report has dates for one.
    """
    options = {"unit", "problem", "phase", "state", "category", "light", "as_of"}.difference(without)
    ask = partial(
        _ask, checks_output="output" not in without, calendar=calendar, options=options, own=Own(number, own_words)
    )
    give = given(ask, (*without, "checks_output", "calendar", "options", "own"))

    def add(function: Callable[Concatenate[Asked, P], Exit]) -> Callable[..., int]:
        @wraps(function)
        def command(question: Question, /, *arguments: P.args, **own: P.kwargs) -> Exit:
            if len(question.paths) == 1:
                return settled(lambda: function(question.of(question.paths[0]), *arguments, **own))
            if of_one:
                return settled(lambda: function(question.of(_only(question, own)), *arguments, **own))
            from zhenggai.cli.several_plans import answer_each  # imported here: most folders have one plan

            return settled(lambda: answer_each(question, lambda asked: function(asked, *arguments, **own)))

        return give(command)

    return add


def settled(answer: Callable[[], Exit]) -> Exit:
    """The answer, asked for again where files change meanwhile; nothing has been put out by then (``Asked.answer``)."""
    for _ in range(_TRIES - 1):
        with suppress(FileChanged):
            return answer()
    return answer()


def _only(question: Question, own: Mapping[str, Any]) -> str:
    """The file of the one plan that a command for one plan means, by the numbers that are named."""
    from zhenggai.cli.plan_meant import ledger_meant, numbers_in  # imported here: few lists need one plan

    named = [*question.words, *(own.get("words") or ())[:2], question.values["problem"]]
    return ledger_meant(question.root, question.paths, numbers_in(named)).path
