"""Questions as people also ask them, and as they would be about something else. Owns every change of their words."""

import random
import re

from qa.training.examples import Group, TrainingPassage

WH_WORDS = ("who", "when", "where", "what", "why", "how", "which")
CUT_SHARE = 0.1
"""Of the questions that begin with a question word: cut after a few words, as in "who mediated"."""
TYPO_SHARE = 0.03
BARE_SHARE = 0.35
"""Without the question mark."""
_NAME = re.compile(r"(?:[A-Z][\w'’.-]*\w|[12]\d{3})(?: (?:of |the |de )?[A-Z][\w'’.-]*\w)*")
# What begins a sentence with a capital letter and is no name.
_NO_NAME = re.compile(
    "the|an?|in|on|at|of|and|but|for|from|s?he|it|they|th(is|at|ese|ose)|his|her|its|their|as|by|with|after|before|"
    "when|while|who|what|where|which|how|why|during|since|until|although|however|there|some|many|most",
    re.IGNORECASE,
)


def as_asked(group: Group, generator: random.Random) -> tuple[str, tuple[TrainingPassage, ...]]:
    """The question as people also type it, and the passages that it can still be asked of.

    A question that is cut short may be answered by a passage that did not answer the whole one: only those that answer
    stay with it.
    """
    words = group.question.split()
    passages = group.passages
    answering = tuple(passage for passage in passages if passage.spans)
    if len(words) > 4 and answering and words[0].lower() in WH_WORDS and generator.random() < CUT_SHARE:
        words = words[: generator.randint(2 if words[0].lower() == "who" else 3, max(3, len(words) // 2))]
        passages = answering
    if generator.random() < TYPO_SHARE:
        place = generator.randrange(len(words))
        words[place] = _mistyped(words[place], generator)
    text = " ".join(words)
    return (text.rstrip("?. ") or text if generator.random() < BARE_SHARE else text), passages


def about_another(question: str, passage: TrainingPassage, generator: random.Random) -> str | None:
    """The question with a name or year in it replaced by another that the passage holds too; None where there is none.

    Both stand in the passage, so that only reading tells whether it answers. The same idea as the entity swaps by
    which people wrote unanswerable questions for SQuAD 2.0 (Rajpurkar et al. 2018).
    """
    held = {match.group() for match in _NAME.finditer(passage.text) if not _NO_NAME.fullmatch(match.group())}
    asked = [match for match in _NAME.finditer(question) if match.start() > 0 and match.group() in held]
    if not asked:
        return None
    answers = [passage.text[start:end] for start, end in passage.spans]
    chosen = generator.choice(asked)
    others = sorted(
        name
        for name in held
        if name[0].isdigit() == chosen.group()[0].isdigit()
        and not any(_share_a_word(name, other) for other in (question, *answers))
    )
    if not others:
        return None
    return question[: chosen.start()] + generator.choice(others) + question[chosen.end() :]


def _share_a_word(name: str, text: str) -> bool:
    return not set(name.lower().split()).isdisjoint(text.lower().rstrip("?").split())


def _mistyped(word: str, generator: random.Random) -> str:
    """One letter inside the word lost or doubled."""
    if len(word) < 5:
        return word
    place = generator.randrange(1, len(word) - 1)
    return word[:place] + word[place + 1 :] if generator.random() < 0.5 else word[:place] + word[place] + word[place:]
