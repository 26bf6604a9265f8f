"""A drafted plan becomes a file, and the units that it names and the unit book lacks come into the book, if that is wanted."""

from collections.abc import Iterable
from pathlib import Path

from zhenggai.cli import clock
from zhenggai.cli.output import tell
from zhenggai.cli.writing import prompts
from zhenggai.cli.writing.permission import refuse_changing_plan, refuse_changing_units
from zhenggai.errors import UsageError, ZhenggaiError
from zhenggai.importing.plan.plan_to_be import Surroundings
from zhenggai.model.plan import Plan, ReviewChain
from zhenggai.model.units import UnitBook
from zhenggai.reading.data_folders import PLANS, UNITS_FILE
from zhenggai.reading.load import load_units
from zhenggai.setup.new_books import proposed_reviewer, proposed_supervisor
from zhenggai.views.missing_units import MissingUnits
from zhenggai.writing.atomic import Changes, read_bytes, writing
from zhenggai.writing.edit import unit_edit
from zhenggai.writing.edit.edit_text import FileEdit

_YAML = (".yaml", ".yml")


def new_plan_file(output: Path | None, number: str | None) -> Path | None:
    """Where ``-o`` puts a plan: a YAML file that is not there yet, or a folder. None for a report's file, and without ``-o``."""
    if output is None or not (output.suffix in _YAML or output.is_dir()):
        return None
    if not output.is_dir():
        if read_bytes(output) is not None:
            raise UsageError(f"{output} 已在，没有写入\n  下一步：换一个名字，或用 zhenggai edit {output.stem} 接着改")
        if not output.parent.is_dir():
            raise UsageError(
                f"没有文件夹 {output.parent}，没有写入\n  下一步：用 zhenggai init 建台账，再在它的文件夹里起草"
            )
        if number and number != output.stem:
            raise UsageError(f"编号是 {number}，文件却叫 {output.name}，没有写入\n  下一步：去掉其中一个")
    return output


def surroundings(number: str, book: UnitBook, plans: Iterable[Plan] = ()) -> Surroundings:
    """What the plan takes from the newest of the other plans, else from the unit book; nothing from an empty one."""
    year = clock.today().year
    if not book.members:
        return Surroundings(number=number, year=year)
    other = max((plan for plan in plans if plan.review), key=lambda plan: plan.issued, default=None)
    if other:
        return Surroundings(
            number=number,
            year=year,
            units=book,
            review=other.review,
            supervisor=other.supervisor,
            review_from=f"方案 {other.number} ",
        )
    reviewer, supervisor = proposed_reviewer(book, None), proposed_supervisor(book, None)
    instead = (supervisor,) if supervisor != reviewer else ()
    review = ReviewChain(second_review=reviewer, stand_in=instead)
    return Surroundings(number=number, year=year, units=book, review=review, supervisor=supervisor)


def write_plan(root: Path | None, file: Path, text: str, missing: MissingUnits) -> str:
    """Write the plan's file, and the units if they are wanted. Returns what was written, in Chinese."""
    if root is None or file.absolute().parent != root / PLANS:
        with Changes(None) as changes:
            changes.replace(file, None, text.encode())
        return f"已写入 {file}"
    refuse_changing_plan(root, load_units(root)[0], None)
    if read_bytes(file) is not None:
        raise UsageError(f"{file} 已在，没有写入\n  下一步：加 --number 换一个编号")
    edit = units_edit(root, missing)
    with writing(root) as changes:
        changes.replace(file, None, text.encode())
        if edit:
            edit.write_with(changes, root)
    return f"已写入 {file}" + (f" 和 {edit.path}" if edit else "")


def tell_missing(missing: MissingUnits) -> None:
    """Say what the unit book lacks: as lines of the book, and what names no unit."""
    if missing.unclear:
        tell(f"看不出是哪个单位，在方案里换成具体的：{'、'.join(missing.unclear)}")
    if missing.units:
        tell("\n".join([f"单位册里没有的单位，{len(missing.units)} 个：", *missing.unit_lines]))
    if missing.classes:
        tell("\n".join([f"单位册里没有的类别，{len(missing.classes)} 类：", *missing.class_lines]))


def units_edit(root: Path, missing: MissingUnits, *, assured: bool = False) -> FileEdit | None:
    """The edit that adds what the unit book lacks, if that is ``assured`` or wanted by somebody at the terminal."""
    if not missing.units and not missing.classes:
        return None
    if _may_change_units(root) and (
        assured or (prompts.at_terminal() and prompts.confirmed("加进单位册", default=True))
    ):
        return unit_edit.added(root, *missing.classes, *missing.units)
    tell(f"以上几行贴进 {UNITS_FILE}（zhenggai edit 单位册）：单位贴在末尾，类别贴在“类别:”的下面")
    return None


def _may_change_units(root: Path) -> bool:
    try:
        refuse_changing_units(root, load_units(root)[0])
    except ZhenggaiError:
        return False
    return (root / UNITS_FILE).exists()
