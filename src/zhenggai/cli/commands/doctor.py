"""``zhenggai doctor``: lists what this computer and this clone lack. ``--fix`` repairs what it can."""

import locale
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from zhenggai.cli import clock
from zhenggai.cli.destination import check_destination
from zhenggai.cli.options import ForceOption, FormatOption, OutputOption, flag_option
from zhenggai.cli.output import put, say
from zhenggai.errors import Exit
from zhenggai.model.time_zone import BEIJING, time_in, zone_at
from zhenggai.reading.data_folders import plan_paths, root_of
from zhenggai.reading.load import load_plan
from zhenggai.setup import CLONE, CONDITION, Fitting, Look, Site, examined, mended
from zhenggai.views.doctor import FittingLine, Fittings, Health


def doctor(
    fix: Annotated[bool, flag_option("--fix", "--修", about="把能补的补上；不带它只看不改")] = False,
    format: FormatOption = None,  # noqa: A002  # the option's own name
    output: OutputOption = None,
    force: ForceOption = False,
) -> Exit:
    """一行一项：好的、补好的、还缺的和下一步。都好退出码 0，有缺的 1。

    例：zhenggai doctor　　zhenggai doctor --fix
    """
    check_destination(output, format, force)
    site = Site(root_of(Path.cwd()))
    lines = tuple(looked_over((*CLONE, _screen, _zone, *CONDITION), site, fix=fix))
    if format is not None or output is not None:
        put(Fittings(lines), format, output)
    else:
        for line in lines:
            say(str(line))
    return Exit.FOUND if any(line.state is Health.LACKING for line in lines) else Exit.OK


def looked_over(looks: tuple[Look, ...], site: Site, *, fix: bool) -> Iterator[FittingLine]:
    """The state of each fitting. With ``fix``, repairs what can be repaired first."""
    for found in examined(looks, site):
        fitting, done = mended(found) if fix else (found, "")
        if fitting.lack:
            yield FittingLine(Health.LACKING, fitting.what, fitting.lack, fitting.step)
        else:
            yield FittingLine(Health.MENDED if done else Health.FINE, fitting.what, done)


def _screen(_site: Site) -> Iterator[Fitting]:
    """Whether the terminal can show Chinese: output is UTF-8, and the terminal's encoding is that of the locale."""
    encoding = locale.getencoding().lower() if os.name == "posix" else "utf-8"  # a Windows console shows any character
    if encoding in (
        "utf-8",
        "us-ascii",
        "ansi_x3.4-1968",
    ):  # the last two: locales C and POSIX, which say nothing about the terminal
        yield Fitting("屏幕显示中文（UTF-8）")
    else:
        yield Fitting("屏幕显示中文", f"终端编码是 {encoding}，输出是 UTF-8", "终端编码改为 UTF-8")


def _zone(site: Site) -> Iterator[Fitting]:
    """The zone of a computer whose clock does not show the time of the plans; only for information."""
    own = zone_at(clock.computers_offset())
    plans = [plan for path in plan_paths(site.root) if (plan := load_plan(site.root, path)[0])]
    zones = dict.fromkeys([plan.rules.time_zone for plan in plans] or [BEIJING])
    if any(zone != own for zone in zones):
        days = "，".join(f"按 {zone} 是 {time_in(clock.now(), zone).date()}" for zone in zones)
        yield Fitting(f"电脑的时区是 {own}，不影响记录和亮灯：今天按方案的时区算，{days}")
