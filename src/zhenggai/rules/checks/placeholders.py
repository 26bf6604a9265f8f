"""Check 样本: texts of the sample plan that ``init`` writes, still in brackets, are replaced by the county's own."""

from collections.abc import Iterator

from zhenggai.model.book import Book
from zhenggai.model.source import Level, Source
from zhenggai.model.wording import is_placeholder
from zhenggai.rules.checks.named_check import Check, Finding, Findings
from zhenggai.rules.checks.samples import plan_with, sample


def _left_in(book: Book) -> Findings:
    """Texts that consist of brackets only."""
    for source, text in _texts(book):
        if text and is_placeholder(text):
            yield Finding(source, f"还是样本里的“{text}”", "换成实际的内容，去掉括号")


def _texts(book: Book) -> Iterator[tuple[Source, str | None]]:
    yield book.plan.where.of("title"), book.plan.title
    for problem in book.plan.problems:
        yield problem.where.of("content"), problem.content
        for measure in problem.measures:
            yield measure.where.of("content"), measure.content
            yield measure.where.of("person"), measure.person


CHECK = Check(
    name="样本",
    level=Level.WARNING,
    about="方案里还留着样本的文字，如（把整改措施写在这里）",
    good=sample(),
    bad=sample(plan_with("内容: 制定学习办法", "内容: （把整改措施写在这里）")),
    of_plan=_left_in,
)
