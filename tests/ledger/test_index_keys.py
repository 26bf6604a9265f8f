"""The key of the program names every file that decides what is kept."""

import ast
from pathlib import Path

import zhenggai
from zhenggai.index.keys import _ROOMS

HOME = Path(zhenggai.__file__).parent
MAKERS = ("index.refresh", "index.rebuild", "index.reader", "index.overlay", "index.archive", "index.book_files")


def path_of(module: str) -> Path | None:
    """The file of a module named below the package."""
    place = HOME.joinpath(*module.split("."))
    return next((p for p in (place.with_suffix(".py"), place / "__init__.py") if p.is_file()), None)


def imported(path: Path) -> set[str]:
    """The modules of the package that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and f"{node.module}.".startswith("zhenggai."):
            base = node.module.removeprefix("zhenggai").lstrip(".")
            found |= {base, *(f"{base}.{alias.name}".lstrip(".") for alias in node.names)}
    return {module for module in found if module and path_of(module)}


def test_every_room_that_makes_what_is_kept_is_in_the_key() -> None:
    reached, waiting = set[str](), set(MAKERS)
    while waiting:
        module = waiting.pop()
        path = path_of(module)
        assert path is not None, module
        reached.add(module)
        waiting |= imported(path) - reached
    rooms = {(path_of(module) or HOME).parent.relative_to(HOME).as_posix() for module in reached}
    assert rooms <= set(_ROOMS), "the answer that is kept depends on a room whose change its key does not show"
