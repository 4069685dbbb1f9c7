import pytest

from index.metadata import parse_day, read_metadata


def test_front_matter_gives_all_fields_and_its_title_stays_content() -> None:
    lines = [
        "---",
        'title: "Talks fail"',
        "date: 2025-10-29T10:00:00Z",
        "source: Wire",
        "url: https://x.org/a",
        "---",
        "",
        "# Other",
    ]
    metadata = read_metadata(lines)
    assert (metadata.title, metadata.source) == ("Talks fail", "Wire")
    assert (metadata.published, metadata.url) == ("2025-10-29", "https://x.org/a")
    assert metadata.lines == {0, 2, 3, 4, 5}


def test_labelled_lines_at_the_head() -> None:
    metadata = read_metadata(
        ["• Source:JND", "", "Published: Wednesday, Oct. 29, 2025", "Talks fail in Istanbul", "Body."]
    )
    assert (metadata.source, metadata.published, metadata.title) == ("JND", "2025-10-29", "Talks fail in Istanbul")
    assert metadata.lines == {0, 2}


def test_labelled_lines_below_the_title_until_the_story_begins() -> None:
    metadata = read_metadata(["Talks fail", "", "Published: 2025-10-29", "The talks failed.", "Source: two officials"])
    assert (metadata.title, metadata.published, metadata.source) == ("Talks fail", "2025-10-29", None)
    assert metadata.lines == {2}


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("# The heading #", "The heading"),
        ("\ufeffTalks  fail", "Talks fail"),
        ('Talks stall over "illogical stance": Report', 'Talks stall over "illogical stance": Report'),
        ("Istanbul: The latest round of talks ended in failure after Kabul accused Islamabad.", None),
        ("NN ONLINE:", None),
        ("word " * 30, None),
        ("12 / 34", None),
    ],
)
def test_a_title_is_a_heading_or_a_short_line_that_is_no_prose(line: str, title: str | None) -> None:
    assert read_metadata([line, "", "Body."]).title == title


@pytest.mark.parametrize("line", ["Source: " + "x" * 200, "Date: soon", "URL: see below", "Sources: three officials"])
def test_what_only_looks_like_metadata_is_content(line: str) -> None:
    assert read_metadata([line, "Body of the story."]).lines == frozenset()


def test_metadata_is_looked_for_at_the_head_only() -> None:
    assert read_metadata(["A title", "Body of the story.", "Source: Wire"]).source is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2025-1-2", "2025-01-02"),
        ("2025-02-30", None),
        ("29 October 2025", "2025-10-29"),
        ("October 29th, 2025", "2025-10-29"),
        ("Sept. 3 2020, 5pm", "2020-09-03"),
        ("03/04/2025", None),
        ("October", None),
    ],
)
def test_days(words: str, day: str | None) -> None:
    assert parse_day(words) == day
