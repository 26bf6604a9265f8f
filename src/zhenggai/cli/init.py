"""``zhenggai init``: a folder ready to work in; run again, it adds only what is missing and changes nothing."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from zhenggai.cli import clock
from zhenggai.cli.options import text_option
from zhenggai.cli.output import say
from zhenggai.errors import Exit, UsageError
from zhenggai.store.append import name_fault
from zhenggai.store.schema import SCHEMAS, schema_text
from zhenggai.store.writing import read_bytes, replace_file, writing

_UNITS = """\
# yaml-language-server: $schema=schema/units.schema.json
# 单位册：先列类别，再列单位。责任单位里写类别的名称或别名，就代表它的全部成员。
类别:
- {名称: 县直单位, 别名: [县直各单位]}
- {名称: 乡镇, 别名: [各乡镇]}
单位:
- 名称: 县委组织部
  简称: [组织部]
  类别: 县直单位
- 名称: 县委督查局
  简称: [督查局]
  类别: 县直单位
- 名称: 县委办公室
  简称: [县委办]
  类别: 县直单位
"""

_PLAN = """\
# yaml-language-server: $schema=schema/plan.schema.json
编号: {number}
标题: {title}
年度: {year}
印发日期: {issued}
审核: {{初审: 牵头单位, 复核: 县委组织部, 回避: [县委督查局]}}
督办单位: 县委督查局
阶段:
- {{编号: 1, 名称: 集中整改阶段, 时限: {year}年12月底前}}
问题:
- 编号: 1
  内容: （把反馈的问题写在这里）
  措施:
  - 编号: 1-1
    内容: （把整改措施写在这里）
    类别: 限期整改
    时限: {year}年12月底前
    牵头单位: [县委办公室]
    责任单位: [县委组织部]
    责任人: （责任人的岗位）
    阶段: [1]
"""

_GIT_IGNORE = ".zhenggai/\n.zhenggai-*\n"
_GIT_ATTRIBUTES = "*.yaml text eol=lf\n"
_EDITOR = {
    "yaml.schemas": {"plans/schema/ledger.schema.json": "ledgers/**/*.yaml"},
    "files.encoding": "utf8",
    "files.eol": "\n",
}


def init(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[文件夹]", help="默认当前文件夹", show_default=False)
    ] = None,
    plan: Annotated[
        str | None, text_option("--plan", "--方案", about="另建一个方案样本，给出它的编号", metavar="编号")
    ] = None,
    title: Annotated[str, text_option("--title", "--标题", about="方案样本的标题", metavar="标题")] = "（方案标题）",
) -> Exit:
    """例：zhenggai init　　zhenggai init 台账 --plan jcdj-2026 --title 基层党建问题整改方案"""
    if plan is not None and (fault := name_fault(plan)):
        raise UsageError(f"方案编号不能用：{fault}")
    root = folder or Path.cwd()
    try:
        root.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"建不了文件夹 {root}：{error.strerror}\n  下一步：换一个能写的位置") from None
    made = False
    with writing(root):
        for path, text in _wanted(plan, title):
            if read_bytes(root / path) is None:
                replace_file(root / path, None, text.encode())
                say(f"新建 {path}")
                made = True
        (root / "ledgers").mkdir(exist_ok=True)
    if not made:
        say("已经齐备，没有改动")
    if plan is not None:
        say(f"下一步：填写 plans/units.yaml 和 plans/{plan}.yaml，再运行 zhenggai check")
    return Exit.OK


def _wanted(plan: str | None, title: str) -> Iterator[tuple[str, str]]:
    """The files a folder should have, by path, with what they say when new."""
    yield "plans/units.yaml", _UNITS
    if plan is not None:
        today = clock.today()
        yield f"plans/{plan}.yaml", _PLAN.format(number=plan, title=title, year=today.year, issued=today)
    for name in SCHEMAS:
        yield f"plans/schema/{name}.schema.json", schema_text(name)
    yield ".vscode/settings.json", json.dumps(_EDITOR, ensure_ascii=False, indent=2) + "\n"
    yield ".gitignore", _GIT_IGNORE
    yield ".gitattributes", _GIT_ATTRIBUTES
