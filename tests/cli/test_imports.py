"""What a command does not use it does not import: ``sys.modules`` of a whole process, asked from within."""

import json
import os
import subprocess
import sys

import pytest

from small_repo import GIT_FREE, SHIPPED

HEAVY = {
    "docx",
    "openpyxl",
    "git",
    "jinja2",
    "lxml",
    "chinese_calendar",
    "filelock",
    "prompt_toolkit",
    "zhenggai.sharing.git",
    "zhenggai.writing.append",
    "zhenggai.writing.atomic",
}


def modules_after(*arguments: str) -> set[str]:
    """The modules that are there when a command has run, its output in a pipe."""
    script = (
        "import json, sys\n"
        "from zhenggai.cli.app import run\n"
        f"code = run({list(arguments)!r})\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)\n"
        "sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", script],
        cwd=SHIPPED,
        env={"PATH": os.environ["PATH"], "HOME": os.devnull} | GIT_FREE,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout
    found: list[str] = json.loads(done.stderr)
    return set(found)


@pytest.mark.parametrize(
    "command",
    [
        ("status",),
        ("overdue",),
        ("due",),
        ("phase",),
        ("show", "3-2"),
        ("week",),
        ("month",),
        ("rank",),
    ],
)
def test_a_list_imports_nothing_heavy_and_no_rich_in_a_pipe(command: tuple[str, ...]) -> None:
    assert modules_after(*command, "--as-of", "2020-06-30") & (HEAVY | {"rich"}) == set()


YAML_AND_TABLES = {"pydantic", "pydantic_core", "ruamel", "ruamel.yaml", "_ruamel_yaml", "tabulate", "wcwidth", "yaml"}


@pytest.mark.parametrize("command", ["status", "overdue", "due"])
def test_what_the_index_answers_reads_no_yaml_and_lays_out_its_own_tables(command: str) -> None:
    modules_after("status", "--as-of", "2020-06-30")  # makes the index
    modules = modules_after(command, "--as-of", "2020-06-30")
    assert modules & (HEAVY | YAML_AND_TABLES | {"rich"}) == set()
    assert not any(name.startswith("zhenggai.reading.yaml") for name in modules)
    assert "zhenggai.index.rebuild" not in modules


def test_the_list_of_what_is_to_do_needs_git_only_for_whose_it_is() -> None:
    assert modules_after("todo", "县教育局", "--as-of", "2020-06-30") & (HEAVY | {"rich"}) == {"zhenggai.sharing.git"}


@pytest.mark.parametrize("format_name", ["json", "csv"])
def test_records_need_neither_rich_nor_tabulate(format_name: str) -> None:
    modules = modules_after("status", "--as-of", "2020-06-30", "--format", format_name)
    assert modules & (HEAVY | {"rich", "tabulate", "wcwidth"}) == set()


def test_a_deadline_of_workdays_is_what_needs_the_calendar() -> None:
    assert "chinese_calendar" not in modules_after("when", "2020年9月底前")
    assert "chinese_calendar" in modules_after("when", "10个工作日内", "--base", "2020-03-01")


def test_the_meaning_of_a_deadline_needs_no_files() -> None:
    assert modules_after("when", "2020年9月底前") & (HEAVY | {"rich", "zhenggai.reading.load", "pydantic"}) == set()
