"""The README's picture: the real app, drawn without a terminal and without a network."""

from pathlib import Path

from tui_scene import FakeAnswerer

from qa.tui.picture import draw


def test_a_picture_shows_the_answer_and_fetches_nothing(tmp_path: Path) -> None:
    picture = tmp_path / "chat.svg"
    draw(picture, "when was the ceasefire?", loader=FakeAnswerer, index_label=".quoth")
    svg = picture.read_text(encoding="utf-8")
    assert "October&#160;19" in svg
    assert "The&#160;sources&#160;disagree" in svg
    assert "url(" not in svg.replace("url(#", ""), "no font from a server"
