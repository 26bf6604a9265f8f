"""The dossier of one task (一案一档): through a return, a close-out, a relapse and the second round."""

from collections.abc import Callable
from pathlib import Path

import pytest

from small_repo import PLAN, day, ledger_in, small_repo, snapshot_in
from zhenggai.render import render
from zhenggai.views.show import ShownHistory, show

LIFE = """\
04-03 县财政局 认领 2-3 责任人=李敏
04-10 县财政局 进展 2-3 进度=54 步骤=2-3-1 佐证=县财发〔2020〕3号 #一
04-12 县财政局 更正 针对=一 进度=45 更正说明=笔误
04-13 县财政局 进展 2-3 进度=99 #错
04-14 县财政局 更正 针对=错 作废=是
04-20 县财政局 申请延期 2-3 至=2020-10-31 原因=文件未出 #延
04-22 县委组织部 同意延期 针对=延 至=2020-10-15
05-10 县财政局 完成 2-3 步骤=2-3-2 制度成果=分步办法
05-11 县财政局 申请销号 2-3 签批领导=王强 #申
05-12 县委办公室 初审 针对=申 结论=退回 原因=缺会议记录
05-14/05-30 县财政局 进展 2-3 佐证=县财发〔2020〕9号
05-15 县财政局 完成 2-3
05-16 县财政局 申请销号 2-3 签批领导=王强 #再
05-17 县委办公室 初审 针对=再 结论=通过 #初
05-18 县委组织部 复核 针对=初 结论=通过 #复
05-19 县委组织部 销号公示 针对=复 起=2020-05-19 止=2020-05-25 #示
05-26 县委组织部 销号 针对=示 措施摘要=00000000 #销
08-25 县委督查局 回头看 针对=销 结论=反弹 内容=台账又停了 #看
08-26 县委督查局 重新整改 针对=看 原因=反弹 时限=2020-11-30
08-27 县委督查局 督办 2-3 单位=县财政局 对象=单位及主要负责人 依据=反弹 期限=2020-09-03 #函
09-01 县财政局 回复 针对=函 内容=已恢复逐月登记
09-02 县财政局 进展 2-3 进度=50 步骤=2-3-1
"""


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> ShownHistory:
    root = small_repo(tmp_path_factory.mktemp("dossier"), LIFE)
    return show(snapshot_in(root, "09-10"), "2-3", "县财政局")


def test_a_dossier_reads_as_it_did(history: ShownHistory, golden: Callable[[str, str], None]) -> None:
    golden("dossier.txt", render(history, "text"))
    golden("dossier.json", render(history, "json"))


def test_every_round_keeps_its_own_way(history: ShownHistory) -> None:
    assert history.dossier is not None
    told = [(m.round, m.kind, m.text) for m in history.dossier.rounds]
    assert (1, "初审", "退回；缺会议记录") in told
    assert (1, "销号公示", "2020-05-19 至 2020-05-25") in told
    assert told[-2:] == [(2, "回头看", "反弹；台账又停了"), (2, "重新整改", "反弹；时限 2020-11-30")]


def test_steps_are_those_of_the_present_round(history: ShownHistory) -> None:
    assert history.dossier is not None
    assert [(s.number, str(s.done)) for s in history.dossier.steps] == [("2-3-1", "2020-09-02"), ("2-3-2", "None")]


def test_an_extension_tells_from_when_to_when(history: ShownHistory) -> None:
    assert history.dossier is not None
    (line,) = history.dossier.extensions
    assert (str(line.due), str(line.asked), line.answer, str(line.granted)) == (
        "2020-09-30",
        "2020-10-31",
        "同意",
        "2020-10-15",
    )


def test_entries_read_as_corrected_and_the_correction_says_from_what_to_what(history: ShownHistory) -> None:
    text = render(history, "text")
    assert "45%；第2次推进有关工作；步骤：2-3-1；佐证 1 份" in text
    assert "进展 00000002 进度 54% → 45%；更正说明：笔误" in text
    assert "【已作废】99%；第4次推进有关工作" in text
    assert "进展 00000004 作废" in text
    assert "补录（晚 16 天）" in text


def test_a_correction_before_its_day_has_not_happened(tmp_path: Path) -> None:
    text = render(show(snapshot_in(small_repo(tmp_path, LIFE), "04-11"), "2-3"), "text")
    assert "54%；第2次推进有关工作" in text
    assert "更正" not in text


def test_several_tasks_have_no_dossier(tmp_path: Path) -> None:
    history = show(snapshot_in(small_repo(tmp_path), "09-10"), "1-1")
    assert history.dossier is None
    assert history.record()["rounds"] is None


def test_a_task_without_entries_has_only_its_steps(tmp_path: Path) -> None:
    text = render(show(snapshot_in(small_repo(tmp_path), "09-10"), "2-3"), "text")
    assert "2-3-1   摸底    未办结" in text
    assert "整改各轮" not in text


def test_late_is_what_the_plan_s_rules_call_late(tmp_path: Path) -> None:
    plan = "规则: {补录天数: 20}\n" + PLAN
    assert "补录" not in render(show(snapshot_in(small_repo(tmp_path, LIFE, plan=plan), "09-10"), "2-3"), "text")


def test_an_entry_is_shown_between_what_it_answers_and_what_answers_it(tmp_path: Path) -> None:
    snapshot = snapshot_in(small_repo(tmp_path, LIFE), "09-10")
    kinds = [line.entry.kind for line in show(snapshot, "20200516-00000013").lines]
    assert kinds == ["申请销号", "初审"]
    assert [line.entry.kind for line in show(snapshot, "20200517-00000014").lines] == ["申请销号", "初审", "复核"]
    text = render(show(snapshot, "20200410-00000002"), "text")
    assert "进度：45" in text
    assert "改动：进展 00000002 进度 54% → 45%；更正说明：笔误" in text
    assert "【已作废】" in render(show(snapshot, "20200413-00000004"), "text")


def test_a_refused_correction_is_said_not_to_count(tmp_path: Path) -> None:
    ledger = "04-10 县财政局 进展 2-3 进度=40 #一\n04-11 县委办公室 更正 针对=一 进度=10"
    snapshot = ledger_in(small_repo(tmp_path, ledger)).snapshot(day("09-10"))
    text = render(show(snapshot, "2-3"), "text")
    assert "40%；第1次推进有关工作" in text
    assert "记录 00000001 进度 → 10%；【未计入】" in text


# --- what is in force no more, or not yet --------------------------------------------------------------------------------

STARTED = LIFE[: LIFE.index("04-12")]


def asked(more: str) -> str:
    """The plan with more said of 2-3."""
    return PLAN.replace("    内容: 分步推进\n", f"    内容: 分步推进\n    {more}\n")


def test_a_measure_that_was_given_up_says_when_on_what_basis_and_keeps_its_history(tmp_path: Path) -> None:
    plan = asked("取消: {日期: 2020-06-01, 依据: 县组发〔2020〕30号, 并入: 1-1}")
    root = small_repo(tmp_path, STARTED, plan=plan)
    history = show(snapshot_in(root, "06-01"), "2-3")
    assert history.title == "2-3 分步推进（已取消）"
    assert history.facts[:2] == (
        "6月1日依据县组发〔2020〕30号，措施2-3“分步推进”取消，并入措施1-1",
        "取消时：县财政局整改中",
    )
    assert history.tasks == ()
    assert [(line.entry.kind, line.counted) for line in history.lines] == [("认领", True), ("进展", True)]
    assert "54%；第2次推进有关工作" in render(history, "text")
    assert show(snapshot_in(root, "05-31"), "2-3").title == "2-3 分步推进"


def test_a_measure_that_is_still_to_come_says_from_when(tmp_path: Path) -> None:
    plan = asked("自: 2020-06-01\n    依据: 会议纪要")
    history = show(snapshot_in(small_repo(tmp_path, plan=plan), "05-31"), "2-3")
    assert (history.title, history.facts[0]) == (
        "2-3 分步推进（尚未开始）",
        "6月1日依据会议纪要，新增措施2-3“分步推进”",
    )
    assert (history.tasks, history.lines) == ((), ())


def test_a_unit_that_left_keeps_its_part_in_the_history(tmp_path: Path) -> None:
    plan = asked("调整: [{日期: 2020-06-01, 依据: 会议纪要, 字段: 责任单位, 现: 县教育局}]")
    root = small_repo(tmp_path, STARTED, plan=plan)
    history = show(snapshot_in(root, "06-01"), "2-3")
    assert [task.unit for task in history.tasks] == ["县教育局"]
    assert "县财政局已不是责任单位，此前整改中" in history.facts
    assert [line.unit for line in history.lines] == ["县财政局", "县财政局"]
    assert len(show(snapshot_in(root, "06-01"), "2-3", "县财政局").lines) == 2
    assert show(snapshot_in(root, "06-01"), "2-3", "县教育局").lines == ()


def test_adjustments_are_told_from_their_day_on(tmp_path: Path) -> None:
    plan = asked("调整: [{日期: 2020-06-01, 依据: 会议纪要, 字段: 责任人, 现: 局长}]")
    root = small_repo(tmp_path, STARTED, plan=plan)
    told = "调整：2020-06-01 责任人改为局长（会议纪要）"
    assert told not in show(snapshot_in(root, "05-31"), "2-3").facts
    assert told in show(snapshot_in(root, "06-01"), "2-3").facts


def test_the_date_before_an_extension_is_the_adjusted_one(tmp_path: Path) -> None:
    plan = asked("时限: 2020年6月底前\n    调整: [{日期: 2020-04-15, 依据: 会议纪要, 字段: 时限, 现: 2020年8月底前}]")
    ledger = STARTED + "04-20 县财政局 申请延期 2-3 至=2020-10-31 原因=文件未出\n"
    dossier = show(snapshot_in(small_repo(tmp_path, ledger, plan=plan), "05-31"), "2-3").dossier
    assert dossier is not None
    assert [line.due for line in dossier.extensions] == [day("08-31")]
