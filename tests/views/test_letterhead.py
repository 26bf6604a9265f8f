"""发文: reports as papers, with letterhead, attachments and signature from the plan."""

from datetime import date
from pathlib import Path

import pytest

from small_repo import PLAN, ledger_in, small_repo
from zhenggai.document import Document, Heading, Letterhead, Para, ParaRole
from zhenggai.reading.document_json import document_from, document_json
from zhenggai.rules.day.snapshot import Snapshot
from zhenggai.views.changes_since_report import baseline_of
from zhenggai.views.letterhead import as_paper
from zhenggai.views.periodical import periodical
from zhenggai.views.phase import phase
from zhenggai.views.rectification_report import rectification_report
from zhenggai.views.report_period import WEEK, period_of
from zhenggai.views.status import status

DISPATCH = "发文: {机关: 县委组织部, 版头: 整改工作简报, 报送: [市委组织部], 抄送: [县级领导, 各乡镇], 落款: 县委整改办}\n问题:\n"
LETTERHEAD = Letterhead(
    issuer="县委组织部",
    masthead="整改工作简报",
    day="2020年6月28日",
    report_to=("市委组织部",),
    copy_to=("县级领导", "各乡镇"),
)
SIGNED = [Para(text, role=ParaRole.SIGNATURE) for text in ("县委整改办", "2020年6月28日")]


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    root = small_repo(tmp_path, "04-10 县教育局 进展 1-1 进度=40", plan=PLAN.replace("问题:\n", DISPATCH, 1))
    return ledger_in(root).snapshot(date(2020, 6, 28))


def test_a_periodical_has_its_number_its_attachment_and_its_signature(snapshot: Snapshot) -> None:
    period = period_of(WEEK, snapshot.plan, snapshot.as_of)
    report = periodical(snapshot, baseline_of(snapshot), period)
    document = report.document()
    assert document.letterhead is not None
    assert document.letterhead.number == f"第{period.number}期"
    place = document.blocks.index(Heading("附件：台账", attachment=True))
    assert document.blocks[place - 3 : place] == (Para("附件：台账"), *SIGNED)
    assert document_from(document_json(document)) == document  # an issue keeps it
    part = periodical(snapshot, baseline_of(snapshot), period, whole=False).document()
    assert (part.letterhead, SIGNED[0] in part.blocks) == (None, False)


def test_other_reports_have_it_too_but_lists_do_not(snapshot: Snapshot) -> None:
    for document in (phase(snapshot).document(), rectification_report(snapshot).document()):
        assert document.letterhead == LETTERHEAD
        assert list(document.blocks[-2:]) == SIGNED
    assert status(snapshot).document().letterhead is None


def test_several_attachments_are_numbered_and_a_signature_stays_as_it_is(snapshot: Snapshot) -> None:
    signed = Para("县委", role=ParaRole.SIGNATURE)
    attached = (Heading("附件：台账", attachment=True), Heading("附件：名单", attachment=True))
    document = as_paper(Document("报告", (Para("甲"), signed, *attached)), snapshot)
    assert document.blocks == (Para("甲"), Para("附件：1. 台账"), Para("2. 名单"), signed, *attached)
