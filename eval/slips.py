"""Questions with slips of the pen, for measuring what they cost. Owns how a word is mistyped."""

import random
import re

SHORTEST = 5
"""Letters of a word that is mistyped: slips in shorter ones make other words."""
_WORD = re.compile(r"[^\W\d_]+")
_NEIGHBOURS = "etaoinsr"
"""Letters that take another's place."""


def mistyped(question: str, *, slips: int, seed: int) -> str:
    """The question with one slip in each of so many words, or in as many as it has; the same for a seed.

    A letter inside the word is lost, doubled, swapped with the next or changed, each as likely: the four kinds of
    Damerau (1964).
    """
    generator = random.Random(f"{seed} {question}")
    words = [match for match in _WORD.finditer(question) if len(match[0]) >= SHORTEST]
    chosen = generator.sample(words, min(slips, len(words)))
    for match in sorted(chosen, key=lambda one: -one.start()):
        question = question[: match.start()] + _mistyped(match[0], generator) + question[match.end() :]
    return question


def _mistyped(word: str, generator: random.Random) -> str:
    place = generator.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    other = generator.choice(_NEIGHBOURS.replace(letter, ""))
    return before + generator.choice([after, letter + letter + after, after[0] + letter + after[1:], other + after])
