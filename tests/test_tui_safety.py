"""Nothing of an article, a title, a path or a question reaches the screen as markup or as a control sequence."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.segment import Segment
from textual.content import Content
from textual.style import Style
from textual.visual import RenderOptions
from textual.widget import Widget
from tui_scene import FakeAnswerer, answer, claim, info, made_up

from index.types import Address, Document, DocumentInfo, Passage
from qa.tui import text
from qa.tui.app import QuothApp
from qa.tui.widgets.answer_panel import AnswerPanel
from qa.tui.widgets.claims_panel import ClaimSide
from qa.tui.widgets.evidence_card import EvidenceCard, card
from qa.types import Answer, Evidence, Span

NASTY = [
    "[bold red on white]markup[/bold red on white]",
    "[@click=app.quit]click[/] [link=http://x]y[/link] [/]",
    "\x1b[41m\x1b[2J\x1b]0;title\x07\x1b]52;c;aGk=\x07",
    "\u202edlrow olleh\u202c \u2067x\u2069 \u200f\u200e",
    "\x00\x01\x08\x0b\x0c\r\x7f\x80\x9b31m",
    "👩‍👩‍👧‍👦🇵🇰 e\u0301\u0327 中文 العربية",
    "tab\tand\nline\r\nends\u2028\u2029\x85",
    "$accent {{x}} \\[ \\\\ [[ ]]",
]
FOREIGN = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
OURS = {"bold $mark-text on $mark", "bold", "$muted", "bold $accent", "bold $muted", "italic $muted"}
"""Every style of a card."""


def harmless(segments: list[Segment]) -> bool:
    """No control code, no character that acts, no link or action that a click would follow."""
    return all(
        segment.control is None
        and not any(unicodedata.category(each) in {"Cc", "Cs", "Zl", "Zp"} for each in segment.text)
        and not any("\u202a" <= each <= "\u202e" or "\u2066" <= each <= "\u2069" for each in segment.text)
        and (segment.style is None or (segment.style.link is None and "@click" not in segment.style.meta))
        for segment in segments
    )


def rendered(content: Content, width: int = 60) -> list[Segment]:
    """What a widget's content becomes on the way to the screen."""
    options = RenderOptions(lambda style: style if isinstance(style, Style) else Style(bold=True), {})
    return [segment for strip in content.render_strips(width, None, Style(), options) for segment in strip]


@st.composite
def evidences(draw: st.DrawFn) -> Evidence:
    words = draw(FOREIGN)
    start = draw(st.integers(0, len(words) - 1))
    # No span of the product cuts a line break of two characters, which is drawn as one.
    end = draw(st.integers(start + 1, len(words)).filter(lambda end: words[end - 1 : end + 1] != "\r\n"))
    document = DocumentInfo(
        id=draw(FOREIGN),
        path=draw(FOREIGN),
        title=draw(FOREIGN),
        source=draw(FOREIGN),
        published=draw(FOREIGN),
        sha256="0",
    )
    return Evidence(
        rank=1,
        passage=Passage(id=1, document_id=document.id, start=100, end=100 + len(words), text=words),
        document=document,
        answer=Span(start=100 + start, end=100 + end, text=words[start:end]),
        relevance=0.5,
        copies=(Address(document_id=draw(FOREIGN), start=1, end=2),),
    )


@given(evidences())
def test_a_card_is_harmless_and_wears_only_our_styles(evidence: Evidence) -> None:
    content = card(evidence)
    assert harmless(rendered(content))
    assert {span.style for span in content.spans} <= OURS
    marked = [
        content.plain[span.start : span.end] for span in content.spans if span.style == "bold $mark-text on $mark"
    ]
    assert evidence.answer is not None
    assert marked == [text.quoted(evidence.answer.text).plain], "the mark sits on the span, whatever precedes it"


@given(evidences(), FOREIGN)
def test_a_side_of_a_dispute_is_harmless(evidence: Evidence, words: str) -> None:
    one = claim(words, "conflicts", (1,), voices=1)
    side = ClaimSide(one, [evidence], text.differing(words, ["other words"]))
    assert isinstance(side.content, Content)
    assert harmless(rendered(side.content))


@given(FOREIGN)
def test_the_two_doors_keep_every_character(words: str) -> None:
    assert len(text.quoted(words).plain) == len(words)
    assert harmless(rendered(text.quoted(words)))
    assert harmless(rendered(text.line(words, "bold")))
    assert "\n" not in text.line(words).plain


def test_a_line_without_end_is_drawn_in_part() -> None:
    endless = "word " * 20_000
    evidence = _evidence(made_up(endless), 50_000, 50_004)
    content = card(evidence)
    assert len(content.plain) < 2_000
    assert " word" in content.plain


def _evidence(document: Document, start: int, end: int) -> Evidence:
    passage = Passage(id=1, document_id=document.id, start=0, end=len(document.text), text=document.text)
    span = Span(start=start, end=end, text=document.text[start:end])
    return Evidence(rank=1, passage=passage, document=info(document), answer=span, relevance=0.9)


def _hostile_answer(words: str) -> tuple[Document, Answer]:
    document = made_up(words, title=words, path=words, key=words)
    evidence = _evidence(document, 0, len(words))
    claims = (claim(words, "leading", (1,), voices=1), claim(words + "!", "conflicts", (1,), voices=1))
    further = tuple(claim(words, relation, (1,), voices=1) for relation in ("finer", "update", "other"))
    return document, answer(words, "disputed", 0.5, claims + further, (evidence,))


def _styles(widget: Widget) -> set[str]:
    return {str(segment.style) for strip in widget.render_lines(widget.size.region) for segment in strip}


@pytest.mark.parametrize("words", [*NASTY, "[" * 500, "x" * 100_000, "\x1b[31m" * 3_000], ids=range(len(NASTY) + 3))
async def test_the_whole_screen_is_harmless(words: str) -> None:
    document, hostile = _hostile_answer(words)
    fake = FakeAnswerer((document,), {})
    fake.answer = lambda question, *, watcher: hostile
    app = QuothApp(loader=lambda: fake, index_label=words)
    async with app.run_test(size=(80, 40), notifications=True) as pilot:
        await pilot.pause()
        question = app.desk.query_one("#question")
        question.value = words[:1500]
        await pilot.press("enter")
        while not app.desk.query(EvidenceCard):
            await pilot.pause(0.02)
        await pilot.pause()
        await _assert_harmless_screen(app)
        await pilot.press("ctrl+y", "f2")
        await pilot.pause(0.05)
        await _assert_harmless_screen(app)
        await pilot.press("escape", "ctrl+o")
        await pilot.pause(0.1)
        await _assert_harmless_screen(app)
        await pilot.press("escape")


async def _assert_harmless_screen(app: QuothApp) -> None:
    for row in app.screen._compositor.render_strips():
        assert harmless(list(row))


async def test_foreign_words_add_no_style_to_the_screen() -> None:
    """The same answer with harmless words of the same shape is drawn in the same styles."""
    looks = []
    for words in ("[bold red]x[/]", "(bold-red)x(/)"):
        _, hostile = _hostile_answer(words)
        fake = FakeAnswerer((), {})
        app = QuothApp(loader=lambda fake=fake: fake, index_label="")
        async with app.run_test(size=(80, 40)) as pilot:
            await app.desk.page.show_answer(hostile)
            await pilot.pause()
            widgets = app.desk.query("AnswerPanel Static, Quotable, .further").results(Widget)
            looks.append([_styles(widget) for widget in widgets])
    assert looks[0] == looks[1]


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(FOREIGN, min_size=8, max_size=8))
async def test_an_answer_panel_takes_any_words(several: list[str]) -> None:
    app = QuothApp(loader=FakeAnswerer, index_label="")
    async with app.run_test(size=(60, 20)) as pilot:
        panel = app.desk.query_one(AnswerPanel)
        for words in several:
            panel.show_problem(words, words)
            await pilot.pause()
            await _assert_harmless_screen(app)
            panel.show_missing(words)
            await pilot.pause()
            await _assert_harmless_screen(app)
