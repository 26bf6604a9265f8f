"""The folder for computers without a network: what it holds, and what its scripts do to a person's home.

That it installs offline is proved by ``.ci/bundle/prove.sh``.
"""

import hashlib
import importlib.util
import os
import subprocess
import sys
import venv
import zipfile
from fnmatch import fnmatch
from pathlib import Path
from types import ModuleType

import pytest

from small_repo import SHIPPED

PARTS = SHIPPED / ".ci" / "bundle"
posix_only = pytest.mark.skipif(os.name == "nt", reason="of Linux alone")


def module(path: Path, name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    found = importlib.util.module_from_spec(spec)
    sys.modules[name] = found  # dataclasses look themselves up there
    spec.loader.exec_module(found)
    return found


bundle = module(SHIPPED / ".ci" / "bundle.py", "bundle")


def wheel(folder: Path, name: str, *needs: str) -> None:
    project, version = name.split("-")[:2]
    with zipfile.ZipFile(folder / name, "w") as archive:
        lines = [
            "Metadata-Version: 2.1",
            f"Name: {project}",
            f"Version: {version}",
            *(f"Requires-Dist: {n}" for n in needs),
        ]
        archive.writestr(f"{project}-{version}.dist-info/METADATA", "\n".join(lines))


def lacking(folder: Path, target: str, python: str) -> set[str]:
    return {need.partition("==")[0] for need in bundle.wanted(folder, bundle.TARGETS[target], python)}


def test_what_is_needed_is_asked_of_the_computer_that_installs(tmp_path: Path) -> None:
    wheel(tmp_path, "zhenggai-1-py3-none-any.whl", "click", "ruamel.yaml[oldlibyaml]", "tomli; python_version<'3.11'")
    wheel(tmp_path, "pip-1-py3-none-any.whl")
    wheel(tmp_path, "click-1-py3-none-any.whl", "colorama; sys_platform == 'win32'")
    wheel(
        tmp_path, "ruamel_yaml-1-py3-none-any.whl", "ruamel.yaml.clib; extra == 'oldlibyaml'", "mypy; extra == 'docs'"
    )
    wheel(tmp_path, "ruamel_yaml_clib-1-cp312-cp312-win_amd64.whl")
    wheel(tmp_path, "ruamel_yaml_clib-1-cp313-cp313-manylinux2014_x86_64.whl")
    wheel(tmp_path, "ruamel_yaml_clib-1-cp313-cp313-manylinux_2_34_aarch64.whl")

    assert lacking(tmp_path, "windows", "3.12") == {"colorama"}
    assert lacking(tmp_path, "windows", "3.13") == {"colorama", "ruamel-yaml-clib"}
    assert lacking(tmp_path, "linux-x86_64", "3.13") == set()
    assert lacking(tmp_path, "linux-aarch64", "3.13") == {"ruamel-yaml-clib"}  # newer glibc than UOS and Kylin have


def test_duckdb_is_taken_along_where_facts_are_made(tmp_path: Path) -> None:
    """On Linux its wheels need a newer glibc than the others."""
    wheel(tmp_path, "zhenggai-1-py3-none-any.whl", "click", "duckdb; extra == 'facts'")
    wheel(tmp_path, "pip-1-py3-none-any.whl")
    wheel(tmp_path, "click-1-py3-none-any.whl")
    target, extras = bundle.with_facts(bundle.TARGETS["linux-x86_64"])
    assert lacking(tmp_path, "linux-x86_64", "3.13") == set()
    assert [need.partition("==")[0] for need in bundle.wanted(tmp_path, target, "3.13", extras)] == ["duckdb"]
    wheel(tmp_path, "duckdb-1-cp312-abi3-manylinux_2_28_x86_64.whl")
    assert list(bundle.wanted(tmp_path, target, "3.13", extras)) == []
    assert [need.partition("==")[0] for need in bundle.wanted(tmp_path, target, "3.11", extras)] == ["duckdb"]


@pytest.mark.parametrize(
    ("target", "name", "fits"),
    [
        ("windows", "python-3.13.9-amd64.exe", True),
        ("windows", "python-3.13.9.exe", False),  # 32 bits
        ("windows", "python-3.10.11-amd64.exe", False),
        ("linux-x86_64", "cpython-3.13.9+20251014-x86_64-unknown-linux-gnu-install_only.tar.gz", True),
        ("linux-aarch64", "cpython-3.13.9+20251014-x86_64-unknown-linux-gnu-install_only.tar.gz", False),
    ],
)
def test_only_a_python_that_the_script_can_use_is_taken_along(target: str, name: str, fits: bool) -> None:
    assert fnmatch(name, bundle.TARGETS[target].python_file) == fits


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A folder as it is made, but for its wheels, which are empty."""
    folder = tmp_path / "zhenggai"
    wheels = folder / "program" / "wheels"
    wheels.mkdir(parents=True)
    for name in ("install.py", "安装.sh"):
        to = folder if name == "安装.sh" else folder / "program"
        (to / name).write_bytes((PARTS / name).read_bytes())
    for python in ("cp311", "cp312", "cp313", "cp314"):
        for platform in ("win_amd64", "manylinux2014_x86_64", "manylinux2014_aarch64"):
            (wheels / f"pydantic_core-1-{python}-{python}-{platform}.whl").touch()
    (folder / "SHA256SUMS").write_text("".join(bundle.digests(folder)), "utf-8")
    return folder


def installer(folder: Path) -> ModuleType:
    return module(folder / "program" / "install.py", "install")


def test_the_folder_knows_for_which_pythons_it_was_made(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install = installer(made)
    assert install.fits()
    for other in ("win32", "win-arm64", "linux-loongarch64"):
        monkeypatch.setattr("sysconfig.get_platform", lambda other=other: other)
        assert not install.fits()
    monkeypatch.undo()
    monkeypatch.setattr(sys, "version_info", (3, 10, 1))
    assert not install.fits()


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"half")])
def test_a_folder_that_was_not_copied_whole_installs_nothing(
    made: Path, damage: object, capsys: pytest.CaptureFixture[str]
) -> None:
    name = "program/wheels/pydantic_core-1-cp311-cp311-win_amd64.whl"
    assert callable(damage)
    damage(made / name)
    assert installer(made).main([str(made / "home")]) == 5
    assert capsys.readouterr().err == (
        f"没有装成：{name} 缺了或坏了，什么也没有改动\n  下一步：把整个文件夹重新拷一遍，再运行一次\n"
    )
    assert not (made / "home").exists()


def test_a_place_that_cannot_be_written_is_named(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (made / "home").touch()
    assert installer(made).main([str(made / "home")]) == 5
    words = capsys.readouterr().err.splitlines()
    assert words[0].startswith(f"没有装成：写不进 {made / 'home'}")
    assert words[1] == "  下一步：关掉正在运行的 zhenggai，看磁盘有没有空间，再运行一次"


@posix_only
def test_an_environment_of_another_python_is_not_renewed(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install = installer(made)
    assert not install.is_of_this_python(made)
    venv.create(made / "venv")
    assert install.is_of_this_python(made)
    monkeypatch.setattr(sys, "base_prefix", "/another")
    assert not install.is_of_this_python(made)
    monkeypatch.undo()
    python = made / "venv/bin/python"
    python.unlink()
    python.symlink_to("/gone/python")
    assert not install.is_of_this_python(made)


@posix_only
@pytest.mark.parametrize(
    ("wheels", "old", "asked"),
    [
        ("", False, ["office,board"]),
        ("duckdb", False, ["office,board,facts"]),
        ("duckdb", True, ["office,board,facts", "office,board"]),
    ],
)
def test_a_system_that_is_too_old_for_duckdb_gets_the_rest(
    wheels: str, old: bool, asked: list[str], made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install, seen = installer(made), []

    def pip_installs(_command: object, wanted: str, _log: object) -> bool:
        seen.append(wanted)
        program = tmp_path / "home/venv/bin/zhenggai"
        program.write_text("#!/bin/sh\n", "utf-8")
        program.chmod(0o755)
        return not (old and "facts" in wanted)

    for name in filter(None, ("pip", wheels)):
        (made / "program" / "wheels" / f"{name}-1-py3-none-any.whl").touch()
    monkeypatch.setattr(install, "pip_installs", pip_installs)
    said = ["报数（zhenggai facts）要的 DuckDB 这台电脑的系统太旧，装不了；别的都能用"] if old else []
    (tmp_path / "home").mkdir()
    assert install.install(tmp_path / "home") == said
    assert seen == [f"zhenggai[{extras}]" for extras in asked]


def test_the_digests_are_those_that_sha256sum_reads(made: Path) -> None:
    first = (made / "SHA256SUMS").read_text("utf-8").splitlines()[0]
    assert first == f"{hashlib.sha256((made / 'program/install.py').read_bytes()).hexdigest()}  program/install.py"


@posix_only
def test_links_in_the_home_folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is another program's stays; the shell's file gets its line once."""
    home, links = tmp_path / "home", tmp_path / "home/.local/bin"
    links.mkdir(parents=True)
    (links / "zg").write_text("another program", "utf-8")
    (home / ".bashrc").write_text("alias ll='ls -l'", "utf-8")
    for name, value in (("HOME", str(home)), ("SHELL", "/bin/bash"), ("PATH", "/nowhere")):
        monkeypatch.setenv(name, value)
    place = home / ".local/share/zhenggai"
    for _ in range(2):
        notes = installer(made).on_linux_path(place)
        assert notes[0] == f"{links}/zg 是别的程序，没有动它；这里装的是 {place}/venv/bin/zg"
        assert notes[1:3] == ["命令要在新开的终端里用", "下一步：新开一个终端，输入 zhenggai --help"]
    assert (links / "zhenggai").readlink() == place / "venv/bin/zhenggai"
    assert (links / "zg").read_text("utf-8") == "another program"
    line = 'export PATH="$HOME/.local/bin:$PATH"  # zhenggai'
    assert (home / ".bashrc").read_text("utf-8").splitlines() == ["alias ll='ls -l'", line]


@posix_only
@pytest.mark.parametrize(
    ("shell", "there", "written"),
    [
        ("", "", ".profile"),
        ("", ".bashrc", ".bashrc"),
        ("/bin/dash", ".bashrc .zshrc", ".bashrc .zshrc"),
        ("/bin/zsh", ".bashrc", ".bashrc .zshrc"),
        ("/usr/bin/fish", "", ".config/fish/conf.d/zhenggai-path.fish"),
        ("/usr/bin/fish", ".bashrc", ".bashrc .config/fish/conf.d/zhenggai-path.fish"),
    ],
)
def test_each_shell_that_may_be_started_finds_the_program(
    shell: str, there: str, written: str, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for name in there.split():
        (home / name).touch()
    for name, value in (("HOME", str(home)), ("SHELL", shell), ("PATH", "/nowhere")):
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    installer(made).on_linux_path(tmp_path / "place")
    assert [name for name in written.split() if "/.local/bin" in (home / name).read_text("utf-8")] == written.split()
    files = [path for path in home.rglob("*") if path.is_file() and not path.is_symlink()]
    assert sorted(str(path.relative_to(home)) for path in files) == written.split()


@posix_only
def test_without_a_fitting_python_the_script_says_what_to_bring(made: Path, tmp_path: Path) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "dirname").symlink_to("/usr/bin/dirname")
    old = programs / "python3"
    old.write_text("#!/bin/sh\nexit 1\n", "utf-8")
    old.chmod(0o755)
    ran = subprocess.run(
        ["/bin/sh", made / "安装.sh"],
        env={"PATH": str(programs), "HOME": str(tmp_path)},
        capture_output=True,
        check=False,
    )
    assert (ran.returncode, ran.stdout) == (5, b"")
    assert ran.stderr.decode().startswith("没有装成：这台电脑没有合用的 Python（3.11 到 3.14）\n  下一步：")


def test_the_script_of_windows_is_the_same_in_every_code_page() -> None:
    assert (PARTS / "安装.bat").read_bytes().isascii()
