"""Makes a folder from which zhenggai is installed on a computer without a network, from a USB stick.

    python3 .ci/bundle.py
    python3 .ci/bundle.py --for windows --python python-3.13.9-amd64.exe --git Git-2.51.0-64-bit.exe
    python3 .ci/bundle.py --facts

It needs a network; the computer that installs needs none. The folder holds the wheels of the project and of all that it
needs, in the versions of ``constraints.txt``, for each supported Python; the scripts of ``.ci/bundle/``; a page for the
person who installs; the installers that are given; and the digests of all these.
"""

import argparse
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARTS = ROOT / ".ci" / "bundle"

try:
    import pip  # noqa: F401 — run as a program
    from packaging.metadata import parse_email
    from packaging.requirements import Requirement
    from packaging.tags import Tag, compatible_tags, cpython_tags
    from packaging.utils import NormalizedName, canonicalize_name, parse_wheel_filename
except ImportError:  # this Python lacks them: .venv gets them
    import setup

    sys.exit(setup.prepare("[bundle]") or subprocess.call([setup.PYTHON, *sys.argv]))

PAGES = ("README.md", "docs/guide.md", "docs/format.md", "docs/rules.md", "docs/sharing.md", "docs/facts.md")
EXTRAS = "office,board"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


@dataclass(frozen=True)
class Target:
    """A kind of computer: the platform tags whose wheels run there, what markers see of it, and its text files."""

    name: str
    tags: tuple[str, ...]
    system: tuple[str, str, str]  # os.name, sys.platform, platform.system()
    machine: str
    script: str
    newline: str
    python: str  # what --python takes: in words, and as a pattern of names, which the script looks for
    python_file: str
    git: str
    newer_tags: tuple[str, ...] = ()  # those of DuckDB's wheels, which some of these computers do not take

    def markers(self, python: str) -> dict[str, str]:
        """What the environment markers of a requirement see on this kind of computer."""
        os_name, sys_platform, system = self.system
        return {
            "implementation_name": "cpython",
            "implementation_version": f"{python}.0",
            "os_name": os_name,
            "platform_machine": self.machine,
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_system": system,
            "platform_version": "",
            "python_full_version": f"{python}.0",
            "python_version": python,
            "sys_platform": sys_platform,
        }

    def supported(self, python: str) -> set[Tag]:
        """The tags of the wheels that this Python takes there."""
        version = tuple(int(part) for part in python.split("."))
        interpreter = f"cp{python.replace('.', '')}"
        return {*cpython_tags(version, platforms=self.tags), *compatible_tags(version, interpreter, self.tags)}


def linux(machine: str) -> Target:
    """Linux with glibc 2.17 or later, which is all that UOS and Kylin are."""
    return Target(
        name=f"linux-{machine}",
        tags=(f"manylinux_2_17_{machine}", f"manylinux2014_{machine}"),
        system=("posix", "linux", "Linux"),
        machine=machine,
        script="安装.sh",
        newline="\n",
        python=f"python-build-standalone 的 cpython-3.13.…-{machine}-unknown-linux-gnu-install_only.tar.gz",
        python_file=f"cpython-3.1[1-4].*-{machine}*-linux-gnu-install_only*.tar.gz",
        git="本系统的 git 安装包（应用商店或 apt 里的 git）",
        newer_tags=tuple(f"manylinux_2_{minor}_{machine}" for minor in (26, 27, 28)),
    )


WINDOWS = Target(
    name="windows",
    tags=("win_amd64",),
    system=("nt", "win32", "Windows"),
    machine="AMD64",
    script="安装.bat",
    newline="\r\n",
    python="Python 官网的 Windows installer (64-bit)，如 python-3.13.…-amd64.exe",
    python_file="python-3.1[1-4].*-amd64.exe",
    git="Git 官网的 64-bit Git for Windows Setup，如 Git-2.…-64-bit.exe",
)
TARGETS = {target.name: target for target in (WINDOWS, linux("x86_64"), linux("aarch64"))}


def main() -> None:
    """Make the folder and say where it lies."""
    here = "windows" if os.name == "nt" else f"linux-{platform.machine()}"
    parser = argparse.ArgumentParser(description="做一个安装文件夹，拷到没有网络的电脑上用")
    parser.add_argument("--for", dest="target", choices=TARGETS, default=here, help="哪种电脑，默认与这台相同")
    parser.add_argument("--python", type=Path, metavar="FILE", help="一并放进去的 Python 安装包")
    parser.add_argument("--git", type=Path, metavar="FILE", help="一并放进去的 git 安装包")
    parser.add_argument("--facts", action="store_true", help="一并放进 DuckDB，给报数（zhenggai facts）的电脑用")
    parser.add_argument("--into", type=Path, metavar="DIR", default=ROOT / "dist", help="放在哪个文件夹，默认 dist")
    asked = parser.parse_args()
    if asked.target not in TARGETS:
        parser.error(f"没有 {asked.target} 的安装文件夹，用 --for 写明哪种电脑")
    for given in (asked.python, asked.git):
        if given and not given.is_file():
            parser.error(f"没有文件 {given}")
    target, extras = with_facts(TARGETS[asked.target]) if asked.facts else (TARGETS[asked.target], EXTRAS)
    if asked.python and not fnmatch(asked.python.name, target.python_file):
        parser.error(f"{asked.python.name} 不合用，要 {target.python}")
    try:
        print(bundle(target, extras, asked.into, asked.python, asked.git))
    except OSError as error:
        parser.error(f"写不了 {error.filename}，看那里能不能写、有没有空间")


def with_facts(target: Target) -> tuple[Target, str]:
    """The target with DuckDB's wheels, which need a newer system, and the extras that want them. Other wheels stay the old ones."""
    return replace(target, tags=(*target.tags, *target.newer_tags)), f"{EXTRAS},facts"


def bundle(target: Target, extras: str, into: Path, python: Path | None, git: Path | None) -> Path:
    """Make the folder anew and return it."""
    with tempfile.TemporaryDirectory() as scratch:
        own = project_wheel(Path(scratch))
        version = str(parse_wheel_filename(own.name)[1])
        folder = into / f"zhenggai-{version}-{target.name}"
        shutil.rmtree(folder, ignore_errors=True)
        wheels = folder / "program" / "wheels"
        wheels.mkdir(parents=True)
        shutil.move(own, wheels)
    for supported in PYTHONS:
        gather(wheels, target, supported, extras)
    shutil.copy(PARTS / "install.py", folder / "program")
    copy_text(PARTS / target.script, folder / target.script, target)
    if target is WINDOWS:
        # cmd's `type` shows UTF-16 rightly in every code page
        copy_text(PARTS / "no-python.txt", folder / "program" / "no-python.txt", target, encoding="utf-16")
    manual(folder / "手册", target)
    page = (PARTS / f"说明-{target.name.partition('-')[0]}.txt").read_text("utf-8")
    said = page.format(
        version=version,
        python=f"installers 里的 {python.name}"
        if python
        else f"（这里没有附带，请另带：{target.python}，放进 installers）",
        git=f"installers 里的 {git.name}" if git else f"（这里没有附带，请另带：{target.git}）",
    )
    (folder / "说明.txt").write_text(said, "utf-8-sig", newline=target.newline)
    (folder / "installers").mkdir()
    for given in (python, git):
        if given:
            shutil.copy(given, folder / "installers")
    (folder / "SHA256SUMS").write_text("".join(digests(folder)), "utf-8", newline="\n")
    return folder


def project_wheel(scratch: Path) -> Path:
    """The project's wheel, built from a copy: setuptools would take deleted modules from an old ``build`` folder."""
    source = scratch / "source"
    source.mkdir()
    shutil.copytree(ROOT / "src" / "zhenggai", source / "src" / "zhenggai")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    run_pip("wheel", "--no-deps", "--wheel-dir", scratch, source)
    return next(scratch.glob("zhenggai-*.whl"))


def gather(wheels: Path, target: Target, python: str, extras: str) -> None:
    """Download what this Python still lacks there.

    pip itself would read the markers as on this computer (and leave out colorama on Windows), so it only fetches.
    """
    where = [word for tag in target.tags for word in ("--platform", tag)]
    while missing := list(wanted(wheels, target, python, extras)):
        where_to = ("--only-binary=:all:", "--implementation", "cp", "--python-version", python, *where)
        run_pip("download", "--no-deps", "--dest", wheels, *where_to, *missing)


def wanted(wheels: Path, target: Target, python: str, wished: str = EXTRAS) -> Iterator[str]:
    """Each package (``name==version``) that the folder's wheels need there and that is not among them."""
    supported, markers = target.supported(python), target.markers(python)
    have = {
        name: wheel
        for wheel in wheels.iterdir()
        for name, _, _, tags in [parse_wheel_filename(wheel.name)]
        if tags & supported
    }
    open_, seen = [Requirement(f"zhenggai[{wished}]"), Requirement("pip")], set()
    while open_:
        need = open_.pop()
        name = canonicalize_name(need.name)
        if (name, *need.extras) in seen:
            continue
        seen.add((name, *need.extras))
        if name not in have:
            yield f"{name}=={tested_versions()[name]}"
            continue
        for text in requirements(have[name]):
            further = Requirement(text)
            extras = ("", *need.extras)
            if not further.marker or any(further.marker.evaluate(markers | {"extra": extra}) for extra in extras):
                open_.append(further)


def requirements(wheel: Path) -> list[str]:
    """What a wheel says that it needs."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        return parse_email(archive.read(name))[0].get("requires_dist", [])


def tested_versions() -> dict[NormalizedName, str]:
    """The versions of ``constraints.txt``, by name."""
    lines = (ROOT / ".ci" / "constraints.txt").read_text("utf-8").splitlines()
    pairs = (line.partition("#")[0].strip().split("==") for line in lines if not line.startswith("#"))
    return {canonicalize_name(name): version for name, version in pairs}


def manual(folder: Path, target: Target) -> None:
    """The users' pages as plain texts, each named by its title: without a network nobody can look them up."""
    folder.mkdir()
    for name in PAGES:
        text = (ROOT / name).read_text("utf-8")
        title = text.partition("\n")[0].removeprefix("# ")
        (folder / f"{title}.txt").write_text(text, "utf-8-sig", newline=target.newline)


def copy_text(source: Path, to: Path, target: Target, encoding: str = "utf-8") -> None:
    """Copy a text with the line ends of the computer that reads it."""
    to.write_text(source.read_text("utf-8"), encoding, newline=target.newline)
    shutil.copymode(source, to)


def digests(folder: Path) -> Iterator[str]:
    """A line for each file, as ``sha256sum -c`` reads it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}\n"


def run_pip(*arguments: str | Path) -> None:
    """Run pip; its own words on stderr say what went wrong."""
    quiet = ("--quiet", "--disable-pip-version-check")
    if subprocess.run([sys.executable, "-m", "pip", *arguments, *quiet], check=False).returncode:
        sys.exit("没有做成：取不到上面的包，请检查网络后再运行一次")


if __name__ == "__main__":
    main()
