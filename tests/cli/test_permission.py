"""``adjust``, ``unit``, ``init --plan`` and ``week --issue`` refuse what the server would; ``init`` and ``doctor`` print the line for 管理."""

import shutil
import subprocess
from pathlib import Path

import pytest

from small_repo import PLAN, UNITS, Ran, Runner, small_repo, tree, write

HELD = UNITS.replace("县委组织部,", "县委组织部, 身份: [zzb@x],").replace("县教育局,", "县教育局, 身份: [jyj@x],")
ADJUST = ("adjust", "2-3", "责任人", "局长", "--basis", "会议纪要", "--yes")
RENAME = ("unit", "rename", "城关镇", "城关街道", "--yes")
ADD = ("unit", "add", "县文旅局", "--yes")
PLAN_TOO = ("init", "--plan", "q")
ISSUE = ("week", "--no", "3", "--issue")
COMMANDS = {"改方案": ADJUST, "改单位册": RENAME, "印发报告": ISSUE}
NEXT = {"印发报告": "由他们印发"}


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def root(home: Path, tmp_path: Path) -> Path:
    """A repository whose unit book names 县委组织部's identity; the plan makes that unit 复核."""
    root = small_repo(tmp_path / "台账", units=HELD)
    git(root, "init", "-q", "-b", "main")
    return root


@pytest.mark.parametrize("act", COMMANDS)
def test_what_the_server_would_refuse_is_refused_here(zhenggai: Runner, root: Path, act: str) -> None:
    git(root, "config", "user.email", "jyj@x")
    before = tree(root)
    told = f"zhenggai：jyj@x 不能{act}，没有写入\n  可以{act}的：zzb@x\n"
    step = f"  下一步：{NEXT.get(act, '把要改的发给管理')}；邮箱设错的，照 zhenggai doctor 说的改\n"
    assert zhenggai(*COMMANDS[act], at=root) == Ran(2, "", told + step)
    assert tree(root) == before


@pytest.mark.parametrize("command", [ADD, PLAN_TOO])
def test_new_units_and_plans_are_the_administrators(zhenggai: Runner, root: Path, command: tuple[str, ...]) -> None:
    git(root, "config", "user.email", "jyj@x")
    before = tree(root)
    assert zhenggai(*command, at=root).code == 2
    assert tree(root) == before
    git(root, "config", "user.email", "ZZB@x")
    assert zhenggai(*command, at=root).code == 0


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_whoever_may_does(zhenggai: Runner, root: Path, command: tuple[str, ...]) -> None:
    git(root, "config", "user.email", "zzb@x")
    assert zhenggai(*command, at=root).code == 0


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_without_git_or_an_identity_nothing_is_refused(
    zhenggai: Runner, root: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    assert zhenggai(*command, at=root).code == 0
    plain = small_repo(root.parent / "无 git", units=HELD)
    monkeypatch.setenv(
        "GIT_CONFIG_GLOBAL", str(write(root.parent, {"settings": "[user]\nemail = jyj@x\n"}) / "settings")
    )
    assert zhenggai(*command, at=plain).code == 0


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_where_nobody_is_named_nobody_is_refused(zhenggai: Runner, root: Path, command: tuple[str, ...]) -> None:
    git(root, "config", "user.email", "jyj@x")
    small_repo(root, units=UNITS)
    assert zhenggai(*command, at=root).code == 0


def test_what_is_only_shown_is_nobodys_business(zhenggai: Runner, root: Path) -> None:
    git(root, "config", "user.email", "jyj@x")
    assert zhenggai(*ADJUST, "--dry-run", at=root).code == 0


def test_a_plan_may_name_its_task_force_and_supervisors_issue(zhenggai: Runner, root: Path) -> None:
    units = HELD.replace("县委督查局}", "县委督查局, 身份: [dcj@x]}")
    small_repo(root, plan=PLAN.replace("督办单位:", "工作专班: 县教育局\n督办单位:"), units=units)
    git(root, "config", "user.email", "jyj@x")
    assert zhenggai(*ADJUST, at=root).code == 0
    git(root, "config", "user.email", "dcj@x")
    assert "可以改单位册的：jyj@x" in zhenggai(*RENAME, at=root).err
    assert zhenggai(*ISSUE, at=root).code == 0
    small_repo(root, units=f"管理: [dcj@x]\n{units}")
    assert zhenggai(*RENAME, at=root).code == 0


# --- the line for 管理


def of_identity(ran: Ran) -> str:
    return next((line for line in ran.out.splitlines() if "提交身份" in line), "")


ASK = "缺　提交身份与单位册一致：new@x 不在单位册 {} 的身份里 — 下一步：{}把这一行发给管理（zzb@x），{}：{}"
PLACE = "替换 plans/units.yaml 里“{}”那一行"
LINES = {
    "县教育局": (
        "git config user.email jyj@x，或",
        PLACE,
        "- {名称: 县教育局, 身份: [jyj@x, new@x], 简称: [教育局], 类别: 县直单位}",
    ),
    "县财政局": ("", PLACE, "- {名称: 县财政局, 类别: 县直单位, 身份: [new@x]}"),
    "县文旅局": ("", "加在 plans/units.yaml 的“单位”最后", "- {名称: 县文旅局, 身份: [new@x]}"),
    "县委组织部": (
        "git config user.email zzb@x，或",
        PLACE,
        "- {名称: 县委组织部, 身份: [zzb@x, new@x], 简称: [组织部]}",
    ),
}


@pytest.mark.parametrize("unit", LINES)
def test_the_line_for_the_unit_book_is_printed(zhenggai: Runner, root: Path, unit: str) -> None:
    git(root, "config", "user.email", "new@x")
    git(root, "config", "zhenggai.unit", unit)
    or_else, place, line = LINES[unit]
    said = ASK.format(unit, or_else, place.format(unit), line)
    assert of_identity(zhenggai("init", "--writer", "办公室", at=root)) == said
    assert of_identity(zhenggai("doctor", at=root)) == said


BOOK = "管理: [zzb@x]\n单位:\n{}- {{名称: 县委组织部, 身份: [zzb@x]}}\n"
STYLES = {
    "a name": ("- 县财政局\n", "替换 {}那一行", "- {名称: 县财政局, 身份: [new@x]}"),
    "a block": ("- 名称: 县财政局\n  简称: [财政局]\n", "加在 {}的最后，开头空 2 格", "  身份: [new@x]"),
    "a block with identities": (
        "- 名称: 县财政局\n  身份: [a@x]\n  简称: [财政局]\n",
        "替换 {}的“身份: [a@x]”那一行，开头空 2 格",
        "  身份: [a@x, new@x]",
    ),
    "a block with a list of identities": (
        "- 名称: 县财政局\n  身份:\n  - a@x\n",
        "加在 {}的最后，开头空 2 格",
        "  - new@x",
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_the_line_is_written_as_the_book_is(zhenggai: Runner, root: Path, style: str) -> None:
    written, act, line = STYLES[style]
    write(root, {"plans/units.yaml": BOOK.format(written)})
    git(root, "config", "user.email", "new@x")
    git(root, "config", "zhenggai.unit", "县财政局")
    said = of_identity(zhenggai("doctor", at=root))
    assert said.endswith(f"把这一行发给管理（zzb@x），{act.format('plans/units.yaml 里“县财政局”')}：{line}")


def test_the_line_for_a_unit_that_is_none_has_the_indentation_of_the_list(zhenggai: Runner, root: Path) -> None:
    write(root, {"plans/units.yaml": "管理: [zzb@x]\n单位:\n  - 名称: 县委组织部\n    身份: [zzb@x]\n"})
    git(root, "config", "user.email", "new@x")
    git(root, "config", "zhenggai.unit", "县财政局")
    assert of_identity(zhenggai("doctor", at=root)).endswith(
        "加在 plans/units.yaml 的“单位”最后，开头空 2 格：  - {名称: 县财政局, 身份: [new@x]}"
    )


def test_an_administrator_writes_the_line_himself(zhenggai: Runner, root: Path) -> None:
    git(root, "config", "user.email", "zzb@x")
    git(root, "config", "zhenggai.unit", "县财政局")
    assert of_identity(zhenggai("doctor", at=root)).endswith(
        "下一步：替换 plans/units.yaml 里“县财政局”那一行：- {名称: 县财政局, 类别: 县直单位, 身份: [zzb@x]}"
    )


def test_who_is_listed_is_told_nothing(zhenggai: Runner, root: Path) -> None:
    git(root, "config", "user.email", "JYJ@x")
    assert of_identity(zhenggai("init", "--unit", "县教育局", at=root)) == ""
    assert of_identity(zhenggai("doctor", at=root)) == "好　提交身份与单位册一致"
    small_repo(root, units=UNITS)
    assert of_identity(zhenggai("doctor", at=root)) == ""


def test_attributes_are_the_administrators(zhenggai: Runner, root: Path) -> None:
    git(root, "config", "user.email", "jyj@x")
    ran = zhenggai("init", "--unit", "县教育局", at=root)
    what = "缺　.gitattributes（换行、合并方式和附件原样保存）：没有这个文件"
    assert f"{what} — 下一步：请管理（zzb@x）运行 zhenggai init 补上，再 zhenggai sync\n" in ran.out
    assert not (root / ".gitattributes").exists()
    shutil.rmtree(root / ".git")
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "user.email", "zzb@x")
    assert "新建 .gitattributes\n" in zhenggai("init", at=root).out
