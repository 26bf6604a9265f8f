"""A library's private modules are imported in one adapter only, so that a new release can break one place only."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).parents[1] / "src"
ADAPTERS = {
    "typer._click": "zhenggai/cli/click.py",
    "_ruamel_yaml": "zhenggai/reading/libyaml.py",
    "_blake2": "zhenggai/index/keys.py",
    "lxml.etree._Element": "zhenggai/office_file.py",
}


def imported(source: str) -> Iterator[str]:
    """The dotted names of all modules and names that a source imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def private_module(name: str) -> str | None:
    """The name up to its first private part, or None. ``__version__`` does not count as private."""
    parts = name.split(".")
    private = (n for n, part in enumerate(parts, 1) if part.startswith("_") and not part.startswith("__"))
    return next((".".join(parts[:n]) for n in private), None)


def test_each_private_module_of_a_library_is_imported_by_its_adapter_alone() -> None:
    found: dict[str, set[str]] = {}
    for path in SOURCE.rglob("*.py"):
        for name in imported(path.read_text("utf-8")):
            if module := private_module(name):
                found.setdefault(module, set()).add(path.relative_to(SOURCE).as_posix())
    assert found == {module: {adapter} for module, adapter in ADAPTERS.items()}
