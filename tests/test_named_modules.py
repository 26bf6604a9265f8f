"""Comments and pages name modules and files that are there."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import zhenggai

HOME = Path(zhenggai.__file__).parent
PAGES = Path(__file__).parents[1] / "docs"
ROOMS = "|".join(sorted(path.name for path in HOME.iterdir() if (path / "__init__.py").is_file()))
DOTTED = re.compile(rf"``(?:zhenggai\.)?((?:{ROOMS})(?:\.\w+)+)(?:\(\))?``")
PATHS = re.compile(rf"`((?:{ROOMS})/[\w/]*\w)(?:\.py)?/?`")
PLACEHOLDER = re.compile(r"\b[A-Z]{3,}\b")


def texts(path: Path) -> Iterator[str]:
    """The docstrings and strings after fields of a module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            yield node.value.value


def is_there(dotted: str) -> bool:
    """Whether a module, or something in one, has this name below the package."""
    parts = dotted.split(".")
    for end in range(len(parts), 0, -1):
        place = HOME.joinpath(*parts[:end])
        if place.with_suffix(".py").is_file() or place.is_dir():
            thing: object = import_module(".".join(("zhenggai", *parts[:end])))
            for name in parts[end:]:
                if not hasattr(thing, name):
                    return False
                thing = getattr(thing, name)
            return True
    return False


@pytest.mark.parametrize("room", ROOMS.split("|"))
def test_the_modules_that_docstrings_name_are_there(room: str) -> None:
    named = {
        (path, name) for path in (HOME / room).rglob("*.py") for text in texts(path) for name in DOTTED.findall(text)
    }
    assert [(path.relative_to(HOME).as_posix(), name) for path, name in sorted(named) if not is_there(name)] == []


@pytest.mark.parametrize("page", sorted(PAGES.glob("*.md")), ids=lambda page: page.stem)
def test_the_files_that_pages_name_are_there(page: Path) -> None:
    named = {name for name in PATHS.findall(page.read_text("utf-8")) if not PLACEHOLDER.search(name)}
    missing = [name for name in sorted(named) if not (HOME / f"{name}.py").is_file() and not (HOME / name).is_dir()]
    assert missing == []
