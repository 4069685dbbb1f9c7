"""Walking the evidence, reading its articles, and taking it along."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Static
from tui_desk import WHEN, WHO, ask, quoth, ready, until
from tui_scene import FakeAnswerer, ceasefire, document

from qa.tui.app import QuothApp
from qa.tui.screens.article import ArticleScreen
from qa.tui.widgets.claims_panel import ClaimSide
from qa.tui.widgets.evidence_card import EvidenceCard
from qa.tui.widgets.question_bar import QuestionInput


async def test_evidence_is_walked_with_the_keyboard_and_opened_at_the_passage() -> None:
    app = quoth(FakeAnswerer())
    async with app.run_test(size=(80, 24)) as pilot:
        desk = await ready(pilot)
        await ask(pilot, WHO)
        cards = list(desk.query(EvidenceCard))
        await pilot.press("tab")
        assert desk.focused is cards[0]
        await pilot.press("j", "down")
        assert desk.focused is cards[2]
        await pilot.press("k", "up", "j")
        assert desk.focused is cards[1]
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ArticleScreen) and "Istanbul impasse" in _article(app))
        await pilot.pause()
        assert _article(app) == document("003").text
        passage = cards[1].evidence.passage
        assert set(_spans(app, "on $passage")) == {passage.text}
        assert _spans(app, "bold $mark-text on $mark") == ["Turkey and Qatar"]
        assert "The Istanbul impasse marks" in _screen_text(app), "it is scrolled to"
        assert "NN ONLINE" not in _screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is desk
        assert desk.focused is cards[1], "where the walk was left"
        await pilot.press("G", "j")
        assert isinstance(desk.focused, QuestionInput), "after the last passage comes the question"


def _article(app: QuothApp) -> str:
    return str(app.screen.query_one("#text", Static).visual)


def _spans(app: QuothApp, style: str) -> list[str]:
    content = app.screen.query_one("#text", Static).content
    return [content.plain[span.start : span.end] for span in content.spans if span.style == style]  # type: ignore[union-attr]


def _screen_text(app: QuothApp) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def test_an_article_is_scrolled_to_its_passage_again_when_the_terminal_changes() -> None:
    app = quoth(FakeAnswerer())
    async with app.run_test(size=(140, 20)) as pilot:
        await ready(pilot)
        await ask(pilot, WHO)
        await pilot.press("ctrl+o")
        await until(pilot, lambda: isinstance(app.screen, ArticleScreen) and "Tarar" in _article(app))
        await pilot.resize_terminal(44, 16)
        await pilot.pause(0.1)
        assert "The talks were mediated by" in _screen_text(app)


async def test_from_passage_to_passage_within_an_article() -> None:
    source = document("004")
    answered = ceasefire()
    again = answered.evidence[2].model_copy(
        update={
            "rank": 6,
            "answer": None,
            "passage": answered.evidence[2].passage.model_copy(
                update={"start": 593, "end": 700, "text": source.text[593:700]}
            ),
        }
    )
    answered = answered.model_copy(update={"evidence": (*answered.evidence, again)})
    app = quoth(FakeAnswerer(answers={WHEN: lambda: answered}))
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await ask(pilot, WHEN)
        desk.query(EvidenceCard)[2].open()
        await until(pilot, lambda: isinstance(app.screen, ArticleScreen) and "Tarar" in _article(app))
        assert _spans(app, "on $passage") == [answered.evidence[2].passage.text]
        await pilot.press("n")
        assert _spans(app, "on $passage") == [source.text[593:700]]
        await pilot.press("n")
        assert _spans(app, "on $passage") == [answered.evidence[2].passage.text], "around in a circle"


async def test_an_article_that_can_no_longer_be_verified_says_why() -> None:
    fake = FakeAnswerer()
    app = quoth(fake)
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await ask(pilot, WHO)
        fake.library = {}
        desk.query(EvidenceCard).first().open()
        await until(pilot, lambda: isinstance(app.screen, ArticleScreen) and "KeyError" in _article(app))


async def test_evidence_can_be_hidden_while_a_dispute_stays() -> None:
    app = quoth(FakeAnswerer())
    async with app.run_test(size=(100, 60)) as pilot:
        desk = await ready(pilot)
        await ask(pilot, WHEN)
        await pilot.press("f3")
        await pilot.pause()
        assert not desk.query(EvidenceCard).first().region
        assert desk.query(ClaimSide).first().region
        await pilot.press("tab", "G")
        assert isinstance(desk.focused, ClaimSide), "what is hidden can't be walked to"


async def test_copies_are_the_very_words_with_their_citation() -> None:
    app = quoth(FakeAnswerer())
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await pilot.press("ctrl+y")
        assert app.clipboard == "", "there is nothing to copy yet"
        await ask(pilot, WHEN)
        await pilot.press("ctrl+y")
        cited = "Source:JND, JND · 28 October 2025 (seeds/000_97c222453677d8b7.txt:441–451)"
        assert app.clipboard == f"October 19 — {cited}"
        await pilot.press("tab", "c")
        assert app.clipboard == f"“{desk.query(EvidenceCard).first().evidence.passage.text}” — {cited}"


async def test_a_copy_says_how_it_travels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TERM_PROGRAM", raising=False)
    app = quoth(FakeAnswerer())
    async with app.run_test(notifications=True) as pilot:
        await ready(pilot)
        await ask(pilot, WHO)
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert "OSC 52" in "".join(each.message for each in app._notifications)
        app.clear_notifications()
        monkeypatch.setenv("TERM_PROGRAM", "Apple_Terminal")
        app.copy_to_clipboard("")
        await pilot.press("ctrl+y")
        await pilot.pause()
        assert app.clipboard == ""
        assert "has no clipboard for programs" in "".join(each.message for each in app._notifications)


async def test_the_session_is_exported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    app = quoth(FakeAnswerer())
    async with app.run_test() as pilot:
        await ready(pilot)
        await pilot.press("ctrl+s")
        assert not list(tmp_path.iterdir()), "nothing was answered yet"
        await ask(pilot, WHEN)
        await ask(pilot, WHO)
        await pilot.press("ctrl+s")
        (written,) = tmp_path.glob("quoth-*.md")
        lines = written.read_text(encoding="utf-8")
        assert lines.index(WHEN) < lines.index(WHO)
        assert "October 16" in lines
        assert "seeds/000_97c222453677d8b7.txt:441–451" in lines
