"""Bad cases are refused in one line that names the file and the line."""

import json
import re
from collections import Counter

import pytest

from eval.cases import CASES, load_cases, load_pairs
from eval.documents import texts_of_folder
from eval.places import quote_places
from eval.suites.seeds import SEED_CASES, seeds_folder
from eval.types import Gold
from index.errors import InputError

TEXTS = {"a.txt": "It rained. It rained. Nobody knew why.", "b.txt": "It was dry."}
GOOD = {
    "id": "rain",
    "question": "What fell?",
    "type": "what",
    "tests": "a verb",
    "answerable": True,
    "answers": ["It rained"],
    "gold": [{"document": "a.txt", "quote": "It rained."}],
    "conflict": None,
}
REFUSED = {
    "id": "snow",
    "question": "When did it snow?",
    "type": "when",
    "tests": "near",
    "answerable": False,
    "answers": [],
    "gold": [],
    "near": True,
    "conflict": None,
}
SIDES = {"sides": [{"answers": ["rained"], "documents": ["a.txt"]}, {"answers": ["dry"], "documents": ["b.txt"]}]}


def written(path, *records):
    path.write_text("".join(f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in records))
    return path


def test_good_cases_are_loaded_in_order(tmp_path):
    path = written(tmp_path / "cases.jsonl", GOOD, "", REFUSED)
    assert [case.id for case in load_cases(path, TEXTS)] == ["rain", "snow"]


def test_a_quote_has_every_place_where_it_stands():
    places = quote_places(Gold(document="a.txt", quote="It rained."), TEXTS)
    assert [(place.start, place.end) for place in places] == [(0, 10), (11, 21)]


@pytest.mark.parametrize(
    ("record", "says"),
    [
        ("{not json", "not JSON"),
        ("[" * 100_000, "nested too deeply"),
        (GOOD | {"type": "whose"}, "type"),
        (GOOD | {"answerable": "yes"}, "answerable"),
        (GOOD | {"colour": "red"}, "colour"),
        ({"id": "x"}, "question"),
        (GOOD | {"gold": []}, "needs answers and gold"),
        (GOOD | {"near": True}, "near is only"),
        (REFUSED | {"near": None}, "whether it is near"),
        (REFUSED | {"answers": ["x"]}, "has no answers"),
        (GOOD | {"gold": [{"document": "c.txt", "quote": "x"}]}, "no document 'c.txt'"),
        (GOOD | {"gold": [{"document": "a.txt", "quote": "it rained."}]}, "is not in a.txt, word for word"),
        (GOOD | {"conflict": {"sides": SIDES["sides"][:1]}}, "sides"),
        (GOOD | {"conflict": SIDES}, "b.txt takes a side of the conflict but has no gold quote"),
        (GOOD | {"id": "first"}, "was already used at"),
    ],
)
def test_a_bad_line_is_named(tmp_path, record, says):
    path = written(tmp_path / "cases.jsonl", GOOD | {"id": "first"}, "", record)
    with pytest.raises(InputError) as caught:
        load_cases(path, TEXTS)
    message = str(caught.value)
    assert message.startswith(f"{path}:3: ")
    assert says in message
    assert "\n" not in message


def test_an_empty_suite_is_named(tmp_path):
    with pytest.raises(InputError, match=r"cases.jsonl:1: holds no cases"):
        load_cases(written(tmp_path / "cases.jsonl", "", " "), TEXTS)


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x1f\x8bbroken"])
def test_a_file_that_is_no_text_is_named(tmp_path, content):
    (tmp_path / "cases.jsonl").write_bytes(content)
    with pytest.raises(InputError, match=r"cases.jsonl: cannot be read as text"):
        load_cases(tmp_path / "cases.jsonl", TEXTS)


PAIR = {
    "id": "weather",
    "question": "What was the weather?",
    "type": "what",
    "claims": [
        {"text": "rained", "quote": "It rained.", "document": "a.txt", "published": None, "source": None},
        {"text": "sunny", "quote": "a sunny day", "document": "elsewhere", "published": "2013-01-02", "source": "X"},
    ],
    "relation": "conflicts",
    "note": "both can't be",
}


def test_pairs_are_checked_where_the_document_is_at_hand(tmp_path):
    assert len(load_pairs(written(tmp_path / "pairs.jsonl", PAIR), TEXTS)) == 1
    wrong = json.loads(json.dumps(PAIR))
    wrong["claims"][0]["quote"] = "It rained hard."
    with pytest.raises(InputError, match=r"pairs.jsonl:1: the quote 'It rained hard.' is not in a.txt"):
        load_pairs(written(tmp_path / "pairs.jsonl", wrong), TEXTS)
    wrong["claims"][0].update(quote="It rained.", text="snowed")
    with pytest.raises(InputError, match="is not in its quote"):
        load_pairs(written(tmp_path / "pairs.jsonl", wrong), TEXTS)


def test_what_is_held_out_is_whole_and_asks_nothing_that_is_shipped():
    texts = texts_of_folder(seeds_folder())
    shipped, held_out = load_cases(SEED_CASES, texts), load_cases(CASES / "held-out.jsonl", texts)
    asked = [" ".join(re.findall(r"\w+", case.question.lower())) for case in (*shipped, *held_out)]
    again = [question for question, times in Counter(asked).items() if times > 1]
    assert again == []
