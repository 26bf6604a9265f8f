"""Documents as JSON: what is read back is what was kept, and what no renderer could show is refused."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shipped_reports import shipped_reports
from small_repo import DAYS, SHIPPED
from zhenggai.document import (
    Bar,
    Block,
    Cell,
    Choice,
    Column,
    Document,
    Facet,
    Heading,
    Para,
    ParaRole,
    Table,
    TableForm,
    Tone,
    row,
)
from zhenggai.document.drawing import Band, Curve, Lane, Line, Scale, Tick
from zhenggai.ledger import open_ledger
from zhenggai.reading.document_json import BLOCKS, document_from, document_json

TEXTS = st.text(alphabet=st.one_of(st.characters(), st.sampled_from("整改\ud800\n\u202e")), max_size=8)


def documents() -> st.SearchStrategy[Document]:
    """Documents of any kind, within what renderers can show."""

    places = st.floats(0, 1)
    scales = st.builds(Scale, st.lists(st.builds(Tick, places, TEXTS), max_size=2).map(tuple), st.none() | places)
    bands = st.builds(Band, TEXTS, places, places)
    lines = st.builds(
        lambda name, points, tone, is_dashed: Line(
            name, tuple(at for at, _ in points), tuple(number for _, number in points), tone, is_dashed
        ),
        TEXTS,
        st.lists(st.tuples(places, st.integers(0, 99)), max_size=3),
        st.sampled_from(Tone),
        st.booleans(),
    )
    facets = st.builds(Facet, TEXTS, st.lists(st.builds(Choice, TEXTS, TEXTS, TEXTS), max_size=2).map(tuple))

    def tables(width: int) -> st.SearchStrategy[Table]:
        heads = st.builds(
            Column,
            TEXTS,
            numeric=st.booleans(),
            keep=st.integers(),
            wrap=st.booleans(),
            limit=st.none() | st.integers(1, 30),
            weight=st.integers(1, 9),
            group=TEXTS,
            scale=st.none() | scales,
        )
        lanes = st.builds(Lane, *[st.floats(0, 1)] * 4, st.lists(st.floats(0, 1), max_size=2).map(tuple))
        curves = st.builds(
            Curve, scales, st.lists(lines, max_size=2).map(tuple), st.lists(bands, max_size=2).map(tuple)
        )
        values = st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.dates()
        cell = st.builds(Cell, TEXTS, st.sampled_from(Tone), value=values, lane=st.none() | lanes)
        cells = st.lists(cell, min_size=width, max_size=width).map(tuple)
        return st.builds(
            Table,
            st.lists(heads, min_size=width, max_size=width).map(tuple),
            st.lists(cells, max_size=3).map(tuple),
            TEXTS,
            st.just(()) | cells,
            st.booleans(),
            form=st.sampled_from(TableForm),
            curve=st.none() | curves,
            keys=st.lists(st.lists(TEXTS, max_size=2).map(tuple), max_size=3).map(tuple),
            legend=TEXTS,
        )

    blocks = st.one_of(
        st.builds(Heading, TEXTS, st.integers(1, 9), st.booleans()),
        st.builds(Para, TEXTS, st.sampled_from(Tone), st.sampled_from(ParaRole)),
        st.builds(Bar, TEXTS, st.none() | st.floats(0, 1), TEXTS),
        st.integers(1, 3).flatmap(tables),
    )
    return st.builds(
        Document,
        TEXTS,
        st.lists(blocks, max_size=5).map(tuple),
        facets=st.lists(facets, max_size=2).map(tuple),
    )


def through_json(document: Document) -> Document:
    return document_from(json.loads(json.dumps(document_json(document))))


def test_every_kind_of_block_has_a_name() -> None:
    assert set(BLOCKS.values()) == set(get_args(Block))


@given(documents())
def test_a_document_is_read_back_as_it_was(document: Document) -> None:
    assert through_json(document) == document


@pytest.mark.parametrize("day", DAYS)
def test_every_report_of_the_shipped_plan_is_read_back_as_it_was(day: str) -> None:
    for report in shipped_reports(date.fromisoformat(day)):
        document = report.document()
        assert document.blocks
        assert through_json(document) == document


def test_the_annex_of_a_report_holds_whole_texts() -> None:
    report = next(shipped_reports(date(2020, 6, 30)))
    *_, annex = report.document().blocks
    assert isinstance(annex, Table)
    measures = [measure for _, measure in open_ledger(SHIPPED, "jcdj-2020").plan.measures()]
    assert [cells[1].text for cells in annex.rows] == [measure.content for measure in measures]


SAMPLE = document_json(Document("题", (Heading("一", 2), Bar("甲", 0.5), Table((Column("甲"),), (row("一"),)))))


def test_what_is_usual_is_left_out_and_what_is_unknown_is_ignored() -> None:
    assert SAMPLE == {
        "title": "题",
        "blocks": [
            {"block": "heading", "text": "一", "level": 2},
            {"block": "bar", "label": "甲", "share": 0.5},
            {"block": "table", "columns": [{"head": "甲"}], "rows": [["一"]]},
        ],
    }
    assert document_from({**SAMPLE, "paper": "A3"}) == document_from(SAMPLE)


@pytest.mark.parametrize(
    "harm",
    [
        lambda d: d.pop("title"),
        lambda d: d.update(title=3),
        lambda d: d.update(blocks={}),
        lambda d: d["blocks"].append("段"),
        lambda d: d["blocks"].append({"text": "段"}),
        lambda d: d["blocks"].append({"block": "picture"}),
        lambda d: d["blocks"].append({"block": ["heading"], "text": "段"}),
        lambda d: d["blocks"].append({"block": "paragraph", "text": "段", "tone": "紫"}),
        lambda d: d["blocks"].append({"block": "paragraph", "text": "段", "tone": []}),
        lambda d: d["blocks"][0].update(level=10**12),
        lambda d: d["blocks"][0].update(level=True),
        lambda d: d["blocks"][1].update(share=float("nan")),
        lambda d: d["blocks"][1].update(share="半"),
        lambda d: d["blocks"][2].update(columns=[], rows=[]),
        lambda d: d["blocks"][2]["rows"].append(["一", "二"]),
        lambda d: d["blocks"][2]["rows"].append([3]),
        lambda d: d["blocks"][2].update(footer=["一", "二"]),
        lambda d: d["blocks"][2]["rows"].append([{"text": "3", "value": True}]),
        lambda d: d["blocks"][2]["rows"].append([{"text": "3", "value": float("nan")}]),
        lambda d: d["blocks"][2]["rows"].append([{"text": "3", "value": "三"}]),
    ],
)
def test_what_no_renderer_could_show_is_refused(harm: Callable[[Any], object]) -> None:
    harmed = json.loads(json.dumps(SAMPLE))
    harm(harmed)
    with pytest.raises((ValueError, KeyError, TypeError)):
        document_from(harmed)
