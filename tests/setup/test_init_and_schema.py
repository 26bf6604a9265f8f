"""``init``: a folder ready to work in; ``schema``: what the editor checks it with."""

import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from small_repo import SHIPPED, Ran, Runner, tree, write
from zhenggai.reading.json_schema import SCHEMAS, schema, schema_text

NEW = """\
新建 plans/units.yaml
新建 plans/jcdj-2020.yaml
新建 plans/schema/plan.schema.json
新建 plans/schema/units.schema.json
新建 plans/schema/organisations.schema.json
新建 plans/schema/ledger.schema.json
新建 .vscode/settings.json
新建 ledgers/
新建 .gitattributes
新建 .gitignore
新建 git 仓库（分支 main）
设置 core.quotepath = false
设置 merge.zhenggai.driver（台账按记录合并）
新建钩子 pre-commit
设置 zhenggai.unit = 县委组织部
设置 zhenggai.writer = 办公室
设置 user.name = 县委组织部
设置 user.email = 办公室@县委组织部（没有设过邮箱，先造一个，只用来认人）
下一步：cd 台账，再运行 zhenggai edit，填写 plans/units.yaml（zhenggai edit 单位册）和 plans/jcdj-2020.yaml，存盘后自动检查
"""


@pytest.mark.needs("git")
def test_init_makes_what_is_missing_and_nothing_twice(zhenggai: Runner, tmp_path: Path) -> None:
    arguments = ("init", "台账", "--plan", "jcdj-2020", "--title", "基层党建整改方案")
    assert zhenggai(*arguments, "--unit", "县委组织部", "--writer", "办公室", at=tmp_path) == Ran(0, NEW, "")
    made = tree(tmp_path / "台账")
    again = zhenggai(*arguments, at=tmp_path)
    assert again == Ran(0, f"已经齐备，没有改动\n{NEW.splitlines()[-1]}\n", "")
    assert tree(tmp_path / "台账") == made
    assert (tmp_path / "台账" / "ledgers").is_dir()


@pytest.mark.needs("git")
def test_init_makes_a_repository_beside_the_one_it_is_called_in(zhenggai: Runner, tmp_path: Path) -> None:
    (tmp_path / "程序/.git").mkdir(parents=True)
    ran = zhenggai("init", "../台账", at=tmp_path / "程序")
    assert "新建 git 仓库（分支 main）\n" in ran.out
    assert (tmp_path / "台账/.git").is_dir()


def test_the_sample_plan_can_be_used_as_it_is(zhenggai: Runner, tmp_path: Path) -> None:
    zhenggai("init", "--plan", "jcdj-2020", at=tmp_path)
    checked = zhenggai("check", at=tmp_path)
    assert (checked.code, checked.err) == (0, "错误 0 处，警告 4 处，疑点 0 处\n")
    assert [line.split(" — ")[0] for line in checked.out.splitlines()] == [
        "plans/jcdj-2020.yaml:3: 样本（警告）: 还是样本里的“（方案标题）”",
        "plans/jcdj-2020.yaml:12: 样本（警告）: 还是样本里的“（把反馈的问题写在这里）”",
        "plans/jcdj-2020.yaml:15: 样本（警告）: 还是样本里的“（把整改措施写在这里）”",
        "plans/jcdj-2020.yaml:20: 样本（警告）: 还是样本里的“（责任人的岗位）”",
    ]
    assert "1个问题、1项措施、1件任务" in zhenggai("status", at=tmp_path).out
    added = zhenggai("add", "1-1", "开会部署", "--unit", "组织部", "--writer", "办公室", at=tmp_path)
    assert (added.code, added.err) == (0, "")


def test_init_keeps_what_files_say(zhenggai: Runner, tmp_path: Path) -> None:
    write(tmp_path, {"plans/units.yaml": "单位: []\n", ".gitignore": "*.bak\n"})
    before = tree(tmp_path)
    ran = zhenggai("新建", at=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert "units.yaml" not in ran.out
    after = tree(tmp_path)
    assert after["plans/units.yaml"] == before["plans/units.yaml"]
    assert after[".gitignore"] == before[".gitignore"] + b".zhenggai/\n.zhenggai-*\n.~lock.*#\n~$*\n"


def test_schema_writes_what_the_repo_has(zhenggai: Runner, tmp_path: Path) -> None:
    (tmp_path / "plans").mkdir()
    ran = zhenggai("schema", at=tmp_path)
    assert (ran.code, ran.out) == (0, "")
    assert [Path(line.removeprefix("已写入 ")).name for line in ran.err.splitlines()] == [
        f"{name}.schema.json" for name in SCHEMAS
    ]
    for name in SCHEMAS:
        path = f"plans/schema/{name}.schema.json"
        assert (tmp_path / path).read_bytes() == (SHIPPED / path).read_bytes(), "run zhenggai schema"


def test_schema_can_be_shown_and_written_elsewhere(zhenggai: Runner, tmp_path: Path) -> None:
    assert zhenggai("schema", "--print", "units", at=tmp_path) == Ran(0, schema_text("units"), "")
    assert zhenggai("模式", "-o", "别处", at=tmp_path).code == 0
    assert (tmp_path / "别处/plan.schema.json").read_text("utf-8") == schema_text("plan")


def test_schemas_of_files_and_of_commands_are_listed_and_shown(zhenggai: Runner, tmp_path: Path) -> None:
    ran = zhenggai("schema", "--list", at=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines()[:6] == [
        "plan           整改方案",
        "units          单位册",
        "organisations  党组织册",
        "ledger         整改台账",
        "counties       汇总名单",
        "status         总览（zhenggai status --format json）",
    ]
    for name in (line.split()[0] for line in ran.out.splitlines()):
        assert zhenggai("schema", "--print", name, at=tmp_path).code == 0
    by_alias, by_name = (zhenggai("schema", "--print", name, at=tmp_path) for name in ("待办", "todo"))
    assert by_alias == by_name
    assert list(tmp_path.iterdir()) == []


def faults(name: str, value: object) -> list[str]:
    """What an editor complains of, each with the path to it."""
    jsonschema = pytest.importorskip("jsonschema", reason="the extra dev has it")
    validator = jsonschema.Draft7Validator(schema(name), format_checker=jsonschema.FormatChecker())
    return ["/".join(map(str, error.absolute_path)) for error in validator.iter_errors(value)]


def as_an_editor(text: str) -> Any:
    """A document as an editor reads it: YAML 1.2's core types, days as texts."""
    yaml = YAML(typ="safe", pure=True)
    return json.loads(json.dumps(yaml.load(text), default=str))


SHIPPED_FILES = [
    ("plan", "plans/jcdj-2020.yaml"),
    ("units", "plans/units.yaml"),
    *(("ledger", path.relative_to(SHIPPED).as_posix()) for path in sorted(SHIPPED.glob("ledgers/*/*/*.yaml"))),
]


@pytest.mark.parametrize(("name", "path"), SHIPPED_FILES, ids=[path for _, path in SHIPPED_FILES])
def test_a_shipped_file_has_no_fault_in_an_editor(name: str, path: str) -> None:
    assert faults(name, as_an_editor((SHIPPED / path).read_text("utf-8"))) == []


PLAN = """\
编号: p
标题: 整改方案
年度: 2020
印发日期: 2020-03-01
问题:
- 编号: 1
  内容: 学习不深入
  措施:
  - {编号: 1-1, 内容: 制定办法, 类别: 限期整改, 时限: 2020年6月底前, 责任单位: 县教育局, 阶段: 1}
"""
ENTRY = """\
- 编号: 20200512-k3f9x2ab
  日期: 2020-05-12
  措施: 3-2
  事项: 进展
  进度: 40
  内容: 征求意见
  填报人: 办公室
"""
UNITS = "类别: [{名称: 乡镇, 别名: [各乡镇]}]\n单位: [{名称: 城关镇, 类别: 乡镇}]\n"
ORGANISATIONS = """\
党组织:
- 名称: 石桥村党支部
  单位: 城关镇
  类别: 村党组织
  届期: 5
  上次换届: 2018-03-20
  四个一: {县级领导: 副县长, 第一书记: 县财政局选派}
"""
COUNTIES = """\
标题: 2026年省级督察反馈问题整改
县:
- 名称: 甲县
  代码: 360121
  位置: 甲县/facts
  问题类型: {生态环境: [1, 3], 基层党建: [专项-2026/2]}
"""
FINE = {"plan": PLAN, "ledger": ENTRY, "units": UNITS, "organisations": ORGANISATIONS, "counties": COUNTIES}


@pytest.mark.parametrize("name", FINE)
def test_a_good_file_has_no_fault(name: str) -> None:
    assert faults(name, as_an_editor(FINE[name])) == []


WRONG = {
    "a key that plans do not have": ("plan", "年度: 2020", "年份: 2020"),
    "a key that measures do not have": ("plan", "责任单位:", "负责单位:"),
    "a category that is none": ("plan", "类别: 限期整改", "类别: 限期"),
    "a day that is none": ("plan", "印发日期: 2020-03-01", "印发日期: 三月一日"),
    "a measure's number that is none": ("plan", "编号: 1-1", "编号: 第一项"),
    "a plan without a title": ("plan", "标题: 整改方案\n", ""),
    "a key that entries do not have": ("ledger", "内容:", "情况:"),
    "a kind that is none": ("ledger", "事项: 进展", "事项: 推进"),
    "a day with points": ("ledger", "日期: 2020-05-12", "日期: 2020.5.12"),
    "a percent beyond a hundred": ("ledger", "进度: 40", "进度: 140"),
    "a key that units do not have": ("units", "名称: 城关镇", "名字: 城关镇"),
    "a key that organisations do not have": ("organisations", "名称: 石桥村党支部", "名字: 石桥村党支部"),
    "a kind of organisation that is none": ("organisations", "类别: 村党组织", "类别: 农村"),
    "a key that counties do not have": ("counties", "位置:", "地址:"),
    "a county without a code": ("counties", "  代码: 360121\n", ""),
    "a code that is none": ("counties", "360121", "甲/1"),
    "a problem that is none": ("counties", "[1, 3]", "[第一个]"),
    "an organisation that never had an election": ("organisations", "  上次换届: 2018-03-20\n", ""),
}


@pytest.mark.parametrize(("good", "bad"), [("20200512-k3f9x2ab", "20200512-1"), ("措施: 3-2", "措施: 第三项")])
def test_an_editor_marks_numbers_that_are_none_in_ledgers(good: str, bad: str) -> None:
    assert faults("ledger", as_an_editor(ENTRY.replace(good, bad)))


@pytest.mark.parametrize(("name", "good", "bad"), WRONG.values(), ids=WRONG)
def test_an_editor_marks_what_check_would_name(name: str, good: str, bad: str) -> None:
    assert good in FINE[name]
    assert faults(name, as_an_editor(FINE[name].replace(good, bad)))


@pytest.mark.parametrize("path", ["plans/jcdj-2020.yaml", "plans/units.yaml"])
def test_plans_and_unit_books_name_their_schema(path: str) -> None:
    first = (SHIPPED / path).read_text("utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=schema/")
    assert (SHIPPED / "plans" / first.partition("=")[2]).is_file()
