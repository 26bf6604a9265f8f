"""Problems with headings, symptoms and shared measures, as the commands show them."""

import json
from pathlib import Path

import pytest

from small_repo import HEAD, Runner, small_repo

PLAN = (
    HEAD
    + """\
- 编号: 1
  方面: [党的建设方面, 组织生活]
  内容: 组织生活不严肃
  具体表现:
  - 主题党日走过场，全年只开了3次
  - 民主评议党员流于形式
  措施:
  - {编号: 1-1, 内容: 修订办法, 时限: 2020年6月底前, 牵头单位: 县委办公室, 责任单位: [县教育局, 县财政局], 责任人: 书记, 阶段: [1]}
- 编号: 2
  方面: [党的建设方面, 组织生活]
  内容: 党员教育管理宽松软
  同措施: [1-1]
- 编号: 3
  方面: [党的建设方面, 干部队伍]
  内容: 干部梯队断层
  措施:
  - {编号: 3-1, 内容: 建立档案, 时限: 2020年8月底前, 牵头单位: 县委办公室, 责任单位: 城关镇, 责任人: 书记, 阶段: [1]}
  同措施: [1-1]
- 编号: 4
  方面: 作风方面
  内容: 会风不实
  措施:
  - {编号: 4-1, 内容: 压减会议, 时限: 2020年9月底前, 牵头单位: 县委办公室, 责任单位: 县教育局, 责任人: 书记, 阶段: [1]}
- 编号: 5
  内容: 督查不严
  同措施: [4-1]
"""
)
LEDGER = """
06-22 县教育局 进展 1-1 进度=40 内容=初稿写成
06-23 县财政局 完成 1-1 内容=办法印发
06-24 县教育局 完成 4-1 内容=会议减少三成
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_repo(tmp_path / "repo", LEDGER, plan=PLAN)


def block(text: str, first: str, last: str) -> str:
    """The lines from one that begins with ``first`` to the one before ``last``."""
    lines = text.splitlines()
    start = next(n for n, line in enumerate(lines) if line.strip().startswith(first))
    end = next(n for n, line in enumerate(lines) if n > start and line.strip().startswith(last))
    return "\n".join(line.rstrip() for line in lines[start:end]).strip("\n") + "\n"


STATUS = """\
号    问题                                措施    任务    未启动    整改中    已完成    已销号    逾期    完成率  灯
----  --------------------------------  ------  ------  --------  --------  --------  --------  ------  --------  ----
      【党的建设方面／组织生活】
1     组织生活不严肃                         1       2         0         1         1         0       1    50.00%  红
2     党员教育管理宽松软（同措施 1-1）       0       0         0         0         0         0       0    整改中  红
      【党的建设方面／干部队伍】
3     干部梯队断层（同措施 1-1）             1       1         1         0         0         0       0     0.00%  红
      【作风方面】
4     会风不实                               1       1         0         0         1         0       0   100.00%  绿
      【其他】
5     督查不严（同措施 4-1）                 0       0         0         0         0         0       0    已完成  绿
----  --------------------------------  ------  ------  --------  --------  --------  --------  ------  --------  ----
      合计                                   3       4         1         1         2         0       1    50.00%
"""


def test_status_has_a_row_for_each_heading(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("status", "--as-of", "2020-07-01", at=root)
    assert (ran.code, ran.err) == (0, "")
    assert block(ran.out, "号", "截至7月1日") == STATUS
    assert "5个问题、3项措施、4件任务" in ran.out
    assert "问题：5个中已完成2个、正在推进3个、未启动0个，40.00%；措施：3项中已完成1项" in ran.out


def test_status_in_json_says_how_each_problem_stands(zhenggai: Runner, root: Path) -> None:
    found = json.loads(zhenggai("status", "--as-of", "2020-07-01", "--format", "json", at=root).out)
    keys = ("number", "tasks", "aspects", "shared_measures", "state", "light")
    assert [tuple(problem[key] for key in keys) for problem in found["problems"]] == [
        (1, 2, ["党的建设方面", "组织生活"], [], "整改中", "红"),
        (2, 0, ["党的建设方面", "组织生活"], ["1-1"], "整改中", "红"),
        (3, 1, ["党的建设方面", "干部队伍"], ["1-1"], "整改中", "红"),
        (4, 1, ["作风方面"], [], "已完成", "绿"),
        (5, 0, [], ["4-1"], "已完成", "绿"),
    ]
    assert found["problems"][0]["symptoms"] == ["主题党日走过场，全年只开了3次", "民主评议党员流于形式"]
    assert (found["totals"]["problems_completed"], found["totals"]["tasks"]) == (2, 4)


WEEK = """\
　　二、本周进展
　　（一）党的建设方面
　　1.组织生活
　　（1）关于“组织生活不严肃”问题
　　具体表现：一是主题党日走过场，全年只开了3次。二是民主评议党员流于形式。
　　该问题正在推进，2件有期限任务已完成1件。一是县教育局初稿写成（1-1，进度40%）。二是县财政局完成整改，办法印发（1-1）。

　　（2）关于“党员教育管理宽松软”问题
　　该问题正在推进，2件有期限任务已完成1件。同措施1-1，本周进展见关于“组织生活不严肃”问题。

　　2.干部队伍
　　（1）关于“干部梯队断层”问题
　　该问题正在推进，3件有期限任务已完成1件。本周无新记录。同措施1-1，本周进展见关于“组织生活不严肃”问题。

　　（二）作风方面
　　1.关于“会风不实”问题
　　该问题已完成整改。县教育局完成整改，会议减少三成（4-1）。

　　（三）其他
　　1.关于“督查不严”问题
　　该问题已完成整改。同措施4-1，本周进展见关于“会风不实”问题。
"""


def test_the_weekly_report_has_sections_and_says_what_was_done_once(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("week", "--as-of", "2020-06-28", at=root)
    assert (ran.code, ran.err) == (0, "")
    assert block(ran.out, "二、本周进展", "三、") == WEEK


PHASE = """\
号    问题                                应完成    按期    超期    未完成    逾期    按期率
----  --------------------------------  --------  ------  ------  --------  ------  --------
      【党的建设方面／组织生活】
1     组织生活不严肃                           2       1       0         1       1    50.00%
2     党员教育管理宽松软（同措施 1-1）         0       0       0         0       0         —
      【党的建设方面／干部队伍】
3     干部梯队断层（同措施 1-1）               1       0       0         1       0     0.00%
      【作风方面】
4     会风不实                                 1       1       0         0       0   100.00%
      【其他】
5     督查不严（同措施 4-1）                   0       0       0         0       0         —
"""


def test_a_phase_counts_the_problems_that_its_tasks_answer(zhenggai: Runner, root: Path) -> None:
    ran = zhenggai("phase", "1", "--as-of", "2020-07-01", at=root)
    assert block(ran.out, "号", "分单位") == PHASE
    assert "问题：5个中已完成2个、正在推进3个、未启动0个，40.00%" in ran.out


def test_show_says_which_problems_a_measure_answers(zhenggai: Runner, root: Path) -> None:
    shown = zhenggai("show", "1-1", "--as-of", "2020-07-01", at=root).out.splitlines()
    assert [line.strip() for line in shown[3:7]] == [
        "问题：1 组织生活不严肃",
        "方面：党的建设方面／组织生活",
        "具体表现：主题党日走过场，全年只开了3次；民主评议党员流于形式",
        "同措施的问题：2 党员教育管理宽松软；3 干部梯队断层",
    ]


def test_why_a_problem_is_red_although_what_it_shares_is_done(zhenggai: Runner, tmp_path: Path) -> None:
    plan = PLAN.replace("时限: 2020年9月底前", "时限: 2020年9月底前，并长期坚持")
    root = small_repo(tmp_path / "repo", LEDGER, plan=plan)
    out = zhenggai("status", "--as-of", "2020-12-01", at=root).out
    assert "问题4完成率100%，红灯是因为 4-1 县教育局：应于 2020-09-24 评估" in out
    assert "问题5已完成，红灯是因为 4-1 县教育局：应于 2020-09-24 评估" in out
