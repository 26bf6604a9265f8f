"""The pages for readers say what the code does: generated parts are as it has them, and the example is a ledger."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from small_repo import SHIPPED, Runner, write
from zhenggai.ledger.check_explanation import ALL_CHECKS


def test_the_generated_parts_are_as_the_code_has_them() -> None:
    command = [sys.executable, ".ci/pages.py", "--compare"]
    ran = subprocess.run(command, check=False, cwd=SHIPPED, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (0, ""), "run .ci/pages.py --write"


def test_the_example_of_the_format_is_a_ledger_without_fault(zhenggai: Runner, tmp_path: Path) -> None:
    page = (SHIPPED / "docs/format.md").read_text("utf-8")
    files = dict(re.findall(r"^`(\S+\.yaml)`：\n\n```yaml\n(.*?)^```$", page, re.MULTILINE | re.DOTALL))
    assert len(files) == 4
    write(tmp_path, files)
    assert zhenggai("check", "--as-of", "2020-07-01", at=tmp_path) == (0, "", "")
    assert "3件任务" in zhenggai("status", "--as-of", "2020-07-01", at=tmp_path).out
    assert zhenggai("fmt", "--check", at=tmp_path).code == 0


def test_every_name_under_which_reading_or_the_fold_finds_something_is_explained() -> None:
    """Checks have their names from the table; the others stand in it by hand, but for what only issued reports have."""
    given = {name for path in (SHIPPED / "src").rglob("*.py") for name in _names_in(path)}
    assert given - {check.name for check in ALL_CHECKS} == {"报告"}


def _names_in(path: Path) -> Iterator[str]:
    """The names that a module gives to ``Diagnostic`` or ``Fault``, as texts or constants of its own."""
    tree = ast.parse(path.read_text("utf-8"))
    constants = {
        target.id: node.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    places = {"Diagnostic": 1, "Fault": 0}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in places:
            name = node.args[places[node.func.id]] if len(node.args) > 1 else None
            value = constants.get(name.id) if isinstance(name, ast.Name) else getattr(name, "value", None)
            if isinstance(value, str):
                yield value
