"""What a user does at the desk, and what the screen then says."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from textual.pilot import Pilot
from textual.widgets import Static
from tui_scene import FakeAnswerer, ceasefire, document, mediators

from index.errors import IndexMissing, InputError
from qa.tui.app import QuothApp
from qa.tui.commands import PLACES, QuothCommands
from qa.tui.screens.article import ArticleScreen
from qa.tui.screens.desk import DeskScreen
from qa.tui.screens.help import HelpScreen
from qa.tui.widgets.claims_panel import ClaimSide
from qa.tui.widgets.evidence_card import EvidenceCard
from qa.tui.widgets.history_panel import HistoryList, HistoryPanel
from qa.tui.widgets.question_bar import QuestionInput
from qa.types import Answer

WHEN, WHO = "when was the ceasefire?", "who mediated?"


def quoth(fake: FakeAnswerer) -> QuothApp:
    return QuothApp(loader=lambda: fake, index_label=".quoth")


async def until(pilot: Pilot[None], holds: Callable[[], object]) -> None:
    """Waits for what a worker brings; a test that waits in vain fails here."""
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline, "it never came"
        await pilot.pause(0.02)


async def ready(pilot: Pilot[None]) -> DeskScreen:
    desk = pilot.app.desk  # type: ignore[attr-defined]
    await until(pilot, lambda: "article" in words(desk, "#state"))
    return desk


async def ask(pilot: Pilot[None], question: str) -> None:
    """Types it and waits for the answer."""
    desk = pilot.app.desk  # type: ignore[attr-defined]
    before = len(desk.session.answers)
    await submit(pilot, question)
    await until(pilot, lambda: len(desk.session.answers) > before)
    await pilot.pause()


async def submit(pilot: Pilot[None], question: str) -> None:
    pilot.app.desk.query_one(QuestionInput).value = question  # type: ignore[attr-defined]
    await pilot.press("enter")


def words(desk: DeskScreen, selector: str) -> str:
    return str(desk.query_one(selector, Static).visual)


def typed(desk: DeskScreen) -> str:
    return desk.query_one(QuestionInput).value


async def test_a_question_typed_while_the_models_load_is_answered_when_they_are() -> None:
    fake, may_load = FakeAnswerer(), Event()

    def loader() -> FakeAnswerer:
        may_load.wait(10)
        return fake

    app = QuothApp(loader=loader, index_label=".quoth")
    async with app.run_test() as pilot:
        await pilot.press(*"who", "space", *"mediated?", "enter")
        await pilot.pause()
        assert words(app.desk, "#asked") == WHO
        assert "still loading" in words(app.desk, "#how-sure")
        assert words(app.desk, "#state") == "loading …"
        may_load.set()
        await until(pilot, lambda: app.desk.session.answers)
        await pilot.pause()
        assert words(app.desk, "#words") == "Qatar and Turkey"
        assert fake.asked == [WHO]


async def test_a_question_that_was_not_read_as_asked_says_how_it_was_read() -> None:
    def mended() -> Answer:
        return mediators().model_copy(update={"read_as": WHO})

    app = quoth(FakeAnswerer(answers={"who mediatd?": mended}))
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await ask(pilot, "who mediatd?")
        assert words(desk, "#asked") == f"who mediatd?\nread as: {WHO}"
        assert words(desk, "#words") == "Qatar and Turkey"


async def test_an_answer_with_its_likelihood_its_sources_and_its_evidence() -> None:
    app = quoth(FakeAnswerer())
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        assert words(desk, "#state") == "5 articles"
        await ask(pilot, WHO)
        assert words(desk, "#words") == "Qatar and Turkey"
        assert words(desk, "#how-sure") == "almost certain · 96 %  ·  ●●● 3 sources"
        assert not desk.query(ClaimSide), "nobody disagrees"
        assert words(desk, ".further") == "also said: Turkey  1 source [4]"
        first = str(desk.query(EvidenceCard).first().visual)
        assert "seeds/004_206cfeb3a53ce351.txt:321–592 · answers: 97 %" in first
        assert document("004").text[321:592] in first
        assert "also, word for word, in this article:1827–2098" in first


async def test_titles_are_shown_while_passages_are_read() -> None:
    fake = FakeAnswerer()
    fake.go_on.clear()
    app = quoth(fake)
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await submit(pilot, WHEN)
        await until(pilot, lambda: "reading 1 of 5" in words(desk, "#how-sure"))
        assert [str(each.visual) for each in desk.query(".found").results(Static)][:2] == ["Source:JND", "NN ONLINE"]
        fake.go_on.set()
        await until(pilot, lambda: desk.session.answers)


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
async def test_reading_is_stopped_and_the_next_question_is_answered(key: str) -> None:
    fake = FakeAnswerer()
    fake.go_on.clear()
    app = quoth(fake)
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await submit(pilot, WHEN)
        await until(pilot, lambda: "reading" in words(desk, "#how-sure"))
        await pilot.press(key)
        await pilot.pause()
        assert words(desk, "#words") == "Stopped."
        assert not desk.query(".found")
        fake.go_on.set()
        await pilot.pause(0.1)
        assert words(desk, "#words") == "Stopped.", "an answer that comes late is not shown"
        await pilot.press("up")
        assert typed(desk) == WHEN
        await ask(pilot, WHO)
        assert words(desk, "#words") == "Qatar and Turkey"


async def test_a_new_question_takes_the_place_of_the_one_that_is_read() -> None:
    fake = FakeAnswerer()
    fake.go_on.clear()
    app = quoth(fake)
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await submit(pilot, WHEN)
        await until(pilot, lambda: fake.asked == [WHEN])
        await submit(pilot, WHO)
        await until(pilot, lambda: fake.asked == [WHEN, WHO])
        fake.go_on.set()
        await until(pilot, lambda: desk.session.answers)
        await pilot.pause()
        assert words(desk, "#words") == "Qatar and Turkey"
        assert [exchange.stopped for exchange in desk.session.exchanges] == [True, False]


async def test_an_answerer_that_hears_late_is_waited_for_and_its_answer_dropped() -> None:
    fake = FakeAnswerer()
    fake.deaf = True
    fake.go_on.clear()
    app = quoth(fake)
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await submit(pilot, WHEN)
        await until(pilot, lambda: fake.asked == [WHEN])
        await submit(pilot, WHO)
        await pilot.pause(0.1)
        assert fake.asked == [WHEN]
        fake.go_on.set()
        await until(pilot, lambda: desk.session.answers)
        await pilot.pause()
        assert words(desk, "#asked") == WHO
        assert words(desk, "#words") == "Qatar and Turkey"
        assert [exchange.answer is None for exchange in desk.session.exchanges] == [True, False]
        assert fake.most_at_once == 1


async def test_stop_is_offered_only_while_there_is_something_to_stop() -> None:
    fake = FakeAnswerer()
    app = quoth(fake)
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        assert "escape" not in desk.active_bindings
        fake.go_on.clear()
        await submit(pilot, WHEN)
        await until(pilot, lambda: "escape" in desk.active_bindings)
        fake.go_on.set()
        await until(pilot, lambda: "escape" not in desk.active_bindings)


@pytest.mark.parametrize(("width", "beside"), [(140, True), (80, True), (60, False)])
async def test_sides_of_a_dispute_stand_beside_each_other_where_there_is_room(width: int, beside: bool) -> None:
    app = quoth(FakeAnswerer())
    async with app.run_test(size=(width, 40)) as pilot:
        desk = await ready(pilot)
        await ask(pilot, WHEN)
        assert words(desk, "#how-sure") == "likely · 87 %  ·  ●●●○ 3 of 4 sources  ·  disputed"
        left, right = desk.query(ClaimSide)
        assert (left.region.y == right.region.y) is beside
        assert "October 19\n3 sources  [1] [2] [3]" in str(left.visual)
        assert "had previously signed a ceasefire on October 19" in str(left.visual)
        assert "28 October 2025" in str(left.visual)
        assert "Those talks were initiated after the October 16 ceasefire" in str(right.visual)
        assert [_marked(left), _marked(right)] == [["19", "19"], ["16", "16"]], "in its words and in its quote"
        for side in (left, right):
            assert side.region.right <= width


def _marked(side: ClaimSide) -> list[str]:
    content = side.content
    return [content.plain[span.start : span.end] for span in content.spans if "underline" in str(span.style)]  # type: ignore[union-attr]


async def test_an_honest_no_shows_the_nearest_passages_dimmed() -> None:
    app = quoth(FakeAnswerer())
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await ask(pilot, "who won the cricket match?")
        assert words(desk, "#words") == "The files don’t say."
        cards = list(desk.query(EvidenceCard))
        assert cards
        assert all(card.has_class("-near") for card in cards)
        muted = cards[0].styles.color
        await ask(pilot, WHO)
        assert desk.query(EvidenceCard).first().styles.color != muted


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (InputError("the question is too long: shorten it"), "the question is too long: shorten it"),
        (ValueError("boom"), "Quoth failed in a way that it should not (ValueError: boom). Please report this."),
    ],
)
async def test_a_failure_is_one_line_with_its_remedy(error: Exception, line: str) -> None:
    fake = FakeAnswerer()
    app = quoth(fake)
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        fake.error = error
        await submit(pilot, WHO)
        await until(pilot, lambda: words(desk, "#words") == "That did not work.")
        assert words(desk, "#how-sure") == line
        fake.error = None
        await ask(pilot, WHO)
        assert words(desk, "#words") == "Qatar and Turkey"


async def test_without_an_index_the_remedy_is_shown_and_f5_takes_up_the_question() -> None:
    built: list[FakeAnswerer] = []

    def loader() -> FakeAnswerer:
        if not built:
            raise IndexMissing("no index at .quoth: make one with `quoth index FOLDER`")
        return built[0]

    app = QuothApp(loader=loader, index_label=".quoth")
    async with app.run_test() as pilot:
        await until(pilot, lambda: words(app.desk, "#state") == "no index")
        assert "quoth index FOLDER" in words(app.desk, "#how-sure")
        assert "F5" in words(app.desk, "#how-sure")
        await submit(pilot, WHO)
        await until(pilot, lambda: words(app.desk, "#state") == "no index")
        await until(pilot, lambda: words(app.desk, "#words") == "There is nothing to ask yet.")
        built.append(FakeAnswerer())
        await pilot.press("f5")
        await until(pilot, lambda: app.desk.session.answers)
        await pilot.pause()
        assert words(app.desk, "#words") == "Qatar and Turkey"


async def test_an_empty_index_says_so_and_is_closed() -> None:
    fake = FakeAnswerer(documents=())
    app = quoth(fake)
    async with app.run_test() as pilot:
        await until(pilot, lambda: "quoth index FOLDER" in words(app.desk, "#how-sure"))
        assert fake.closed


async def test_loading_again_closes_the_index_that_was_open() -> None:
    fakes = [FakeAnswerer(), FakeAnswerer()]
    rest = iter(fakes)
    app = QuothApp(loader=lambda: next(rest), index_label=".quoth")
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await ask(pilot, WHO)
        await pilot.press("f5")
        await until(pilot, lambda: fakes[0].closed and words(desk, "#state") == "5 articles")
        assert words(desk, "#words") == "Qatar and Turkey"
        await ask(pilot, WHEN)
        assert fakes[1].asked == [WHEN]


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


async def test_recall_with_the_arrow_keys_keeps_the_draft() -> None:
    app = quoth(FakeAnswerer())
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await ask(pilot, WHEN)
        await ask(pilot, WHO)
        desk.query_one(QuestionInput).value = "a draft"
        await pilot.press("up")
        assert typed(desk) == WHO
        await pilot.press("up", "up")
        assert typed(desk) == WHEN
        await pilot.press("down", "down")
        assert typed(desk) == "a draft"


async def test_an_earlier_answer_is_opened_again_without_asking() -> None:
    fake = FakeAnswerer()
    app = quoth(fake)
    async with app.run_test(size=(80, 24)) as pilot:
        desk = await ready(pilot)
        await ask(pilot, WHEN)
        await ask(pilot, WHO)
        assert not desk.query_one(HistoryPanel).display, "no room for it"
        await pilot.press("f2")
        assert desk.query_one(HistoryPanel).display
        entries = desk.query_one(HistoryList)
        assert [str(entries.get_option_at_index(each).prompt).strip() for each in range(2)] == [
            f"{WHO}\nQatar and Turkey",
            f"{WHEN}\nOctober 19 · disputed",
        ]
        await pilot.press("j", "enter")
        await pilot.pause()
        assert words(desk, "#asked") == WHEN
        assert len(desk.query(ClaimSide)) == 2
        assert not desk.query_one(HistoryPanel).display
        assert isinstance(desk.focused, QuestionInput)
        assert fake.asked == [WHEN, WHO]


async def test_earlier_questions_stand_at_the_side_where_there_is_room() -> None:
    app = quoth(FakeAnswerer())
    async with app.run_test(size=(140, 40)) as pilot:
        desk = await ready(pilot)
        assert not desk.query_one(HistoryPanel).display
        await ask(pilot, WHO)
        assert desk.query_one(HistoryPanel).display
        await pilot.press("f2")
        assert isinstance(desk.focused, HistoryList)
        await pilot.press("f2")
        assert not desk.query_one(HistoryPanel).display


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


async def test_clearing_the_history_forgets_everything() -> None:
    app = quoth(FakeAnswerer())
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await ask(pilot, WHO)
        await app.run_action("clear_history", desk)
        await pilot.pause()
        assert not desk.session.exchanges
        assert not desk.query(EvidenceCard)
        await pilot.press("up")
        assert typed(desk) == ""


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


async def test_help_names_every_key_and_closes() -> None:
    app = quoth(FakeAnswerer())
    async with app.run_test(size=(100, 200)) as pilot:
        await ready(pilot)
        await pilot.press("f1")
        assert isinstance(app.screen, HelpScreen)
        await pilot.pause()
        shown = [str(each.visual) for each in app.screen.query(Static)]
        missing = [each.name for _, commands in PLACES for each in commands if each.keys and each.name not in shown]
        assert not missing
        await pilot.press("escape")
        assert app.screen is app.desk


async def test_every_command_of_the_palette_can_be_run_and_is_found_by_typing() -> None:
    app = quoth(FakeAnswerer())
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        await ask(pilot, WHO)
        provider = QuothCommands(desk)
        found = [hit async for hit in provider.discover()]
        assert {
            "Copy the answer with its citation",
            "Copy this passage with its citation",
            "Open the article that answers, at the passage",
            "Clear the history",
            "Show or hide the evidence",
            "Switch between light and dark",
            "Export the session as Markdown",
        } <= {str(hit.text) for hit in found}
        await pilot.press("ctrl+p")
        await pilot.pause(0.1)
        await pilot.press(*"light")
        await pilot.pause(0.3)
        before = app.theme
        await pilot.press("enter")
        await until(pilot, lambda: app.theme != before)


@pytest.mark.parametrize("size", [(60, 20), (30, 8), (12, 4)])
async def test_small_terminals(size: tuple[int, int]) -> None:
    app = quoth(FakeAnswerer())
    async with app.run_test(size=size) as pilot:
        desk = await ready(pilot)
        await ask(pilot, WHEN)
        await pilot.press("tab", "j", "j", "enter", "escape", "f1", "escape", "f2")
        await pilot.pause()
        assert desk.query_one(QuestionInput).region.bottom <= size[1]


@pytest.mark.parametrize("theme", ["quoth-dark", "quoth-light"])
@pytest.mark.parametrize("no_color", [True, False])
async def test_every_cell_can_be_read(theme: str, no_color: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1") if no_color else monkeypatch.delenv("NO_COLOR", raising=False)
    app = quoth(FakeAnswerer())
    app.theme = theme
    async with app.run_test(size=(100, 70)) as pilot:
        await ready(pilot)
        await ask(pilot, WHEN)
        await pilot.press("tab")
        await pilot.pause()
        assert _contrasts(app), "there is something to read"
        assert min(_contrasts(app).values()) >= 4.5, _contrasts(app)


def _contrasts(app: QuothApp) -> dict[str, float]:
    """WCAG 2 contrast of each word on the screen against what is behind it, after the filters for NO_COLOR."""
    ratios: dict[str, float] = {}
    for strip in app.screen._compositor.render_strips():
        for filtered in app._filters:
            strip = strip.apply_filter(filtered, app.screen.styles.background) if filtered.enabled else strip
        for segment in strip:
            word = segment.text.strip()
            if any(each.isalnum() for each in word) and segment.style and segment.style.color:
                ink, paper = segment.style.color.get_truecolor(), segment.style.bgcolor.get_truecolor()  # type: ignore[union-attr]
                light, dark = sorted((_luminance(ink), _luminance(paper)), reverse=True)
                ratios[word] = (light + 0.05) / (dark + 0.05)
    return ratios


def _luminance(color: tuple[int, int, int]) -> float:
    parts = [each / 255 for each in color]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


async def test_a_pasted_question_is_one_line_without_control_sequences() -> None:
    from textual.events import Paste

    app = quoth(FakeAnswerer())
    async with app.run_test() as pilot:
        desk = await ready(pilot)
        desk.query_one(QuestionInput).post_message(Paste("who\r\nmediated\x1b[31m?"))
        await pilot.pause()
        assert typed(desk) == "who mediated␛[31m?"
