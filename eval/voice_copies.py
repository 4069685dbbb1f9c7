"""How well near-copies are told from other articles: plants copies of real news and counts. Decides nothing itself.

``python -m eval.voice_copies FILE.jsonl.gz`` prints the table; articles need ``id`` and ``text`` and are never written.
"""

import argparse
import gzip
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa.claims.voices import Pair, VoiceSettings, is_copy, similar_pairs

_PREFACE = (
    "NEWSDESK (Wire) - This report was supplied by an agency and edited for length by our staff in {city} on {day}."
)
_TAIL = (
    "Our correspondents contributed to this story. Sign up for the morning letter of the {city} desk, follow us on "
    "every network, and write to the editor with corrections, which we print on {day}. More on this as it happens."
)
_SHORTEST_WORDS = 120
"""A copy cut to a quarter of fewer words has too few left to be told from a quotation."""


@dataclass(frozen=True, slots=True)
class VoiceReport:
    """What was planted, what was caught, and which originals were merged."""

    caught: dict[str, tuple[int, int]]
    """Kind of copy → caught, planted."""
    merged: tuple[Pair, ...]
    """Pairs of originals that count as copies, to be looked at: wire stories among them are right."""
    nearest: tuple[Pair, ...]
    """The originals that came nearest to being merged and were not."""

    @property
    def recall(self) -> float:
        """Share of all planted copies that were caught."""
        return sum(caught for caught, _ in self.caught.values()) / max(1, sum(all_ for _, all_ in self.caught.values()))


def measure_voices(
    texts: Sequence[str], *, planted: int = 500, seed: int = 13, settings: VoiceSettings | None = None
) -> VoiceReport:
    """Plants one copy of each kind for each of ``planted`` articles among all the texts, and looks which are found."""
    settings = settings or VoiceSettings()
    randomness = random.Random(seed)
    long_enough = [place for place, text in enumerate(texts) if len(text.split()) >= _SHORTEST_WORDS]
    chosen = sorted(randomness.sample(long_enough, min(planted, len(long_enough))))
    copies = [(place, kind, make(texts[place], randomness)) for kind, make in KINDS.items() for place in chosen]
    pairs = similar_pairs([*texts, *(text for _, _, text in copies)], settings)
    found = {(pair.first, pair.second) for pair in pairs if is_copy(pair, settings)}
    caught = {kind: [0, 0] for kind in KINDS}
    for position, (place, kind, _) in enumerate(copies, start=len(texts)):
        caught[kind][0] += (place, position) in found
        caught[kind][1] += 1
    originals = [pair for pair in pairs if pair.second < len(texts)]
    return VoiceReport(
        caught={kind: (hits, total) for kind, (hits, total) in caught.items()},
        merged=tuple(pair for pair in originals if is_copy(pair, settings)),
        nearest=tuple(pair for pair in originals if not is_copy(pair, settings)),
    )


def _headline(text: str, randomness: random.Random) -> str:
    words = text.split()
    return f"What we know about {' '.join(randomness.sample(words, 6))}\n\n{text}"


def _first_part(text: str, randomness: random.Random, *, least: float = 0.25) -> str:
    words = text.split()
    return " ".join(words[: max(60, int(len(words) * randomness.uniform(least, 0.8)))])


def _last_part(text: str, randomness: random.Random) -> str:
    words = text.split()
    return " ".join(words[-max(60, int(len(words) * randomness.uniform(0.4, 0.8))) :])


def _edited(text: str, randomness: random.Random) -> str:
    """One word in twenty is another, one sentence in ten is gone."""
    sentences = [one for one in text.split(". ") if randomness.random() > 0.1]
    words = ". ".join(sentences).split()
    vocabulary = sorted(set(words))
    return " ".join(randomness.choice(vocabulary) if randomness.random() < 0.05 else word for word in words)


def _prefaced(text: str, randomness: random.Random) -> str:
    return f"{_filled(_PREFACE, randomness)}\n\n{text}"


def _extended(text: str, randomness: random.Random) -> str:
    return f"{text}\n\n{_filled(_TAIL, randomness)}"


def _reworked(text: str, randomness: random.Random) -> str:
    """All at once: cut to no less than half, edited, extended, prefaced."""
    half = _first_part(text, randomness, least=0.5)
    return _prefaced(_extended(_edited(half, randomness), randomness), randomness)


def _filled(template: str, randomness: random.Random) -> str:
    return template.format(
        city=randomness.choice(["Oslo", "Lima", "Perth", "Quito", "Accra"]),
        day=randomness.choice(["Monday", "Tuesday", "Friday", "Sunday"]),
    )


KINDS: dict[str, Callable[[str, random.Random], str]] = {
    "headline changed": _headline,
    "first part only": _first_part,
    "last part only": _last_part,
    "lightly edited": _edited,
    "agency preface": _prefaced,
    "extended": _extended,
    "all of these": _reworked,
}


def main() -> None:
    """Prints the report for one file of articles."""
    parser = argparse.ArgumentParser(description="How well near-copies are told from other articles.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--limit", type=int, default=4000)
    parser.add_argument("--planted", type=int, default=500)
    arguments = parser.parse_args()
    with gzip.open(arguments.data, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for _, line in zip(range(arguments.limit), lines, strict=False)]
    report = measure_voices([article["text"] for article in articles], planted=arguments.planted)
    for kind, (caught, planted) in report.caught.items():
        print(f"{kind:18} {caught:5} of {planted:5}  {caught / planted:.1%}")  # noqa: T201 - a table on stdout is the job
    print(f"{'recall':18} {report.recall:.2%}")  # noqa: T201
    for name, pairs in (("merged", report.merged), ("nearest", report.nearest[:10])):
        for pair in pairs:
            ids = f"{articles[pair.first]['id']} {articles[pair.second]['id']}"
            print(f"{name:8} held {pair.containment:.2f} lead {pair.lead:.2f} {ids}")  # noqa: T201


if __name__ == "__main__":
    main()
