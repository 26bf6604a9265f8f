"""The project's metadata are consistent: version, changelog, licence, tested versions, Python versions."""

import re
import tomllib
from functools import cache
from importlib.metadata import metadata, requires
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from small_repo import SHIPPED
from zhenggai import __version__


@cache
def project() -> dict[str, Any]:
    """The project table of pyproject.toml."""
    found: dict[str, Any] = tomllib.loads((SHIPPED / "pyproject.toml").read_text("utf-8"))["project"]
    return found


def test_the_version_is_that_of_the_newest_changes() -> None:
    newest = re.search(r"^## (\S+) — (\S+)$", (SHIPPED / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest is not None
    number, day = newest.groups()
    assert __version__ == (f"{number}.dev0" if day == "unreleased" else number)


def test_the_changes_are_in_order_each_version_once() -> None:
    versions = re.findall(
        r"^## (\S+) — (?:unreleased|\d{4}-\d{2}-\d{2})$", (SHIPPED / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    assert versions == sorted(set(versions), key=Version, reverse=True)
    assert len(versions) == (SHIPPED / "CHANGELOG.md").read_text("utf-8").count("\n## ")


def test_what_is_installed_says_version_and_licence() -> None:
    said = metadata("zhenggai")
    assert (said["Version"], said["License-Expression"]) == (__version__, "MulanPSL-2.0")
    assert "MulanPSL-2.0" in (SHIPPED / "LICENSE").read_text("utf-8")


def versions_tested() -> dict[str, Version]:
    lines = (SHIPPED / ".ci/constraints.txt").read_text("utf-8").splitlines()
    return {
        canonicalize_name(name): Version(version)
        for name, version in (line.partition("#")[0].strip().split("==") for line in lines if not line.startswith("#"))
    }


def test_whatever_users_install_has_a_tested_version() -> None:
    tested, open_, seen = versions_tested(), [Requirement("zhenggai[office,board,facts]")], set[str]()
    while open_:
        need = open_.pop()
        assert need.name == "zhenggai" or canonicalize_name(need.name) in tested, need
        if str(need) not in seen:
            seen.add(str(need))
            parts = map(Requirement, requires(need.name) or ())
            extras = need.extras or {""}
            open_ += [
                part
                for part in parts
                if not part.marker or any(part.marker.evaluate({"extra": extra}) for extra in extras)
            ]


def test_each_dependency_has_a_tested_version_that_it_allows() -> None:
    tested = versions_tested()
    extras = project()["optional-dependencies"].values()
    wanted = [Requirement(text) for text in (*project()["dependencies"], *(text for extra in extras for text in extra))]
    for need in wanted:
        if canonicalize_name(need.name) != "zhenggai":
            assert tested[canonicalize_name(need.name)] in need.specifier, need


def test_the_same_pythons_are_named_everywhere() -> None:
    named = [text.rpartition(" ")[2] for text in project()["classifiers"] if re.search(r":: 3\.\d+$", text)]
    workflow = (SHIPPED / ".github/workflows/checks.yaml").read_text("utf-8")
    newest = re.search(r"^TESTED = \((\d+), (\d+)\)", (SHIPPED / ".ci/setup.py").read_text("utf-8"), re.MULTILINE)
    bundled = re.findall(r"^PYTHONS = .*$", (SHIPPED / ".ci/bundle.py").read_text("utf-8"), re.MULTILINE)
    assert re.findall(r'"(3\.\d+)"', workflow) == re.findall(r'"(3\.\d+)"', bundled[0]) == named
    assert project()["requires-python"] == f">={named[0]}"
    assert newest is not None
    assert ".".join(newest.groups()) == named[-1]
