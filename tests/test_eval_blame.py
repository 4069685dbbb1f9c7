"""A bug planted in each stage is blamed on that stage, on a house of straw: word search, a reader that knows."""

import re
from dataclasses import dataclass, field, replace

import pytest

from eval.blame import blame_for
from eval.corpus import Corpus, ask
from eval.places import Places
from eval.scoring import score_case
from eval.types import Case, Conflict, Gold, Side
from index.types import Address, DocumentInfo, Hit, Passage
from qa.types import Answer, Claim, Evidence, Reading, Span

TEXTS = {
    "truce.txt": "The truce was signed on October 19 in Doha. Its text was never published by either side.\n"
    "Guards returned to the border posts the next morning.",
    "truce-b.txt": "A rival paper dates the truce to October 16 and names no source for the date of the truce.",
    "mediators.txt": "The talks were mediated by Turkey and Qatar for four days.\nNobody expected the talks to last.",
    "trade.txt": "Trucks were stranded at the crossing for two weeks.\nTraders asked for the crossing to be opened.",
    "minister.txt": "The minister said that patience has run its course.\nThe minister spoke on a Wednesday evening.",
}
KNOWN = {"mediated": ("Turkey and Qatar",), "stranded": ("two weeks",), "truce": ("October 19", "October 16")}


def case(question, answers=(), gold=(), *, conflict=None, question_type="what"):
    places = tuple(Gold(document=document, quote=quote) for document, quote in gold)
    return Case(
        id=question, question=question, type=question_type, tests="a test", answerable=bool(answers),
        answers=tuple(answers), gold=places, conflict=conflict, near=None if answers else True,
    )  # fmt: skip


MEDIATORS = case("who mediated the talks", ["Turkey and Qatar"], [("mediators.txt", "mediated by Turkey and Qatar")])
TRUCKS = case("how long were trucks stranded", ["two weeks"], [("trade.txt", "stranded at the crossing for two weeks")])
UNANSWERED = case("who won the cup final")
DISPUTE = case(
    "when was the truce signed",
    ["October 19", "October 16"],
    [("truce.txt", "signed on October 19 in Doha"), ("truce-b.txt", "dates the truce to October 16")],
    conflict=Conflict(
        sides=(
            Side(answers=("October 19",), documents=("truce.txt",)),
            Side(answers=("October 16",), documents=("truce-b.txt",)),
        )
    ),
)


def paragraphs(text):
    return [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]


class StrawIndex:
    """Passages by shared words; ``cut`` says where documents are cut, ``order`` may spoil the ranking."""

    def __init__(self, texts=None, cut=paragraphs, order=lambda hits: hits, reach=100):
        self.texts = TEXTS if texts is None else texts
        self.order, self.reach = order, reach
        numbered = [(name, span) for name, text in self.texts.items() for span in cut(text)]
        self.passages = [
            Passage(id=number, document_id=name, start=start, end=end, text=self.texts[name][start:end])
            for number, (name, (start, end)) in enumerate(numbered)
        ]

    def documents(self):
        return [DocumentInfo(id=name, path=name, title=name, sha256="0" * 64) for name in self.texts]

    def passages_of(self, document_id):
        return [passage for passage in self.passages if passage.document_id == document_id]

    def copies(self, passage_id):
        return ()

    def search(self, question, *, limit):
        wanted = set(question.lower().split())
        scored = [(len(wanted & set(re.findall(r"\w+", p.text.lower()))), p) for p in self.passages]
        best = sorted((pair for pair in scored if pair[0]), key=lambda pair: (-pair[0], pair[1].id))
        hits = self.order(best)[: min(limit, self.reach)]
        return tuple(Hit(passage=p, rank=rank, score=score) for rank, (score, p) in enumerate(hits, start=1))


@dataclass
class StrawReader:
    """Knows what answers and sees it where it stands; each way of reading can be spoiled."""

    shift: int = 0
    blind: bool = False
    fancies: tuple = ()
    """Words that it takes for an answer to everything, before the right ones."""

    def read(self, question, passages):
        known = [words for keyword, answers in KNOWN.items() if keyword in question for words in answers]
        return [self._read(passage, () if self.blind else (*self.fancies, *known)) for passage in passages]

    def _read(self, passage, known):
        for words in known:
            position = passage.text.find(words)
            if position >= 0:
                start = passage.start + position + self.shift
                text = passage.text[position + self.shift : position + self.shift + len(words)]
                return Reading(relevance=3, span=Span(start=start, end=start + len(text), text=text), score=3)
        return Reading(relevance=-3, span=None, score=-3)


@dataclass
class StrawAnswerer:
    """Search, read, show, group; each step can be spoiled."""

    passage_index: StrawIndex = field(default_factory=StrawIndex)
    reader: StrawReader = field(default_factory=StrawReader)
    depth: int = 4
    refuse: bool = False
    always: bool = False
    group: bool = True
    lead: str | None = None

    def answer(self, question, *, watcher=None):
        hits = self.passage_index.search(question, limit=self.depth)
        if watcher:
            watcher.found(hits)
        passages = [hit.passage for hit in hits]
        readings = self.reader.read(question, passages)
        read = sorted(zip(readings, passages, strict=True), key=lambda pair: -pair[0].score)
        evidence = [self._evidence(rank, *pair) for rank, pair in enumerate(read, start=1)]
        known = self.always or any(keyword in question for keyword in KNOWN)
        answered = known and not self.refuse and any(one.answer for one in evidence)
        claims = self._claims(evidence) if answered else ()
        disputed = any(claim.relation == "conflicts" for claim in claims)
        return Answer(
            question=question,
            status="disputed" if disputed else "answered" if claims else "unanswered",
            confidence=0.9 if claims else 0.1,
            claims=claims,
            evidence=tuple(evidence),
            timings_ms={"total": 1.0},
        )

    @staticmethod
    def _evidence(rank, reading, passage):
        document = DocumentInfo(id=passage.document_id, path=passage.document_id, title="t", sha256="0" * 64)
        return Evidence(rank=rank, passage=passage, document=document, answer=reading.span, relevance=0.5)

    def _claims(self, evidence):
        said = {}
        for one in evidence:
            if one.answer:
                said.setdefault(one.answer.text, []).append(one.rank)
        texts = sorted(said, key=lambda text: text != self.lead)
        relations = ["leading", *(["conflicts" if self.group else "other"] * len(texts))]
        return tuple(
            Claim(text=text, value=None, score=0.5, voices=1, evidence=tuple(said[text]), relation=relation)
            for text, relation in zip(texts, relations, strict=False)
        )


def blamed(one, answerer):
    corpus = Corpus(texts=TEXTS, places=Places(answerer.passage_index))
    return blame_for(one, asked(one, answerer), corpus, answerer)


def asked(one, answerer):
    return ask(answerer, one.question, unrefusing=replace(answerer, refuse=False, always=True))


@pytest.mark.parametrize("one", [MEDIATORS, TRUCKS, UNANSWERED, DISPUTE], ids=lambda one: one.id)
def test_the_sound_house_loses_nothing(one):
    assert blamed(one, StrawAnswerer()) is None


def without(name):
    return {key: text for key, text in TEXTS.items() if key != name}


def cut_mid_word(text):
    middle = text.find("Qatar") + 2 if "Qatar" in text else len(text) // 2
    return [(0, middle), (middle, len(text))]


PLANTED = {
    "a document dropped": (MEDIATORS, StrawAnswerer(StrawIndex(without("mediators.txt"))), "not indexed"),
    "passages cut mid-word": (MEDIATORS, StrawAnswerer(StrawIndex(cut=cut_mid_word)), "cut badly"),
    "search that reaches too short": (
        TRUCKS,
        StrawAnswerer(StrawIndex(order=lambda hits: [pair for pair in hits if pair[1].document_id != "trade.txt"])),
        "not retrieved",
    ),
    "hits in the wrong order": (
        MEDIATORS,
        StrawAnswerer(StrawIndex(order=lambda hits: hits[::-1]), depth=1),
        "ranked away",
    ),
    "spans moved by one": (MEDIATORS, StrawAnswerer(reader=StrawReader(shift=1)), "misread"),
    "a reader that sees nothing": (MEDIATORS, StrawAnswerer(reader=StrawReader(blind=True)), "misread"),
    "words that don't answer first": (
        TRUCKS,
        StrawAnswerer(reader=StrawReader(fancies=("crossing",)), depth=9),
        "misread",
    ),
    "a dispute not called one": (DISPUTE, StrawAnswerer(group=False), "wrongly grouped"),
    "a dispute called where there is none": (
        MEDIATORS,
        StrawAnswerer(reader=StrawReader(fancies=("Nobody",))),
        "wrongly grouped",
    ),
    "a side of the dispute not indexed": (DISPUTE, StrawAnswerer(StrawIndex(without("truce-b.txt"))), "not indexed"),
    "refuse everything": (MEDIATORS, StrawAnswerer(refuse=True), "wrongly refused"),
    "answer everything": (
        UNANSWERED,
        StrawAnswerer(reader=StrawReader(fancies=("The",)), always=True),
        "wrongly answered",
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_bug_is_blamed_on_its_stage(name):
    one, answerer, stage = PLANTED[name]
    assert blamed(one, answerer) == stage


def test_right_words_shown_behind_others_were_ranked_away():
    texts = TEXTS | {"louder.txt": "The talks were mediated by nobody: who mediated the talks who mediated"}
    answerer = StrawAnswerer(StrawIndex(texts), StrawReader(fancies=("nobody",)), group=False)
    assert blamed(MEDIATORS, answerer) == "ranked away"


def test_a_refusal_hides_no_earlier_fault():
    assert blamed(MEDIATORS, StrawAnswerer(refuse=True, reader=StrawReader(blind=True))) == "misread"
    assert blamed(MEDIATORS, StrawAnswerer(StrawIndex(without("mediators.txt")), refuse=True)) == "not indexed"
    assert blamed(DISPUTE, StrawAnswerer(refuse=True, group=False)) == "wrongly grouped"
    assert blamed(DISPUTE, StrawAnswerer(refuse=True)) == "wrongly refused"


def scores(one, answerer, texts=TEXTS):
    corpus = Corpus(texts=texts, places=Places(answerer.passage_index))
    return score_case(one, asked(one, answerer), corpus, blame=None).scores


def test_a_sound_answer_scores_full_marks():
    full = scores(MEDIATORS, StrawAnswerer())
    for name in (
        "cases.passed",
        "answers.right",
        "answers.em",
        "citations.recall",
        "offsets.exact",
        "documents.mrr@10",
    ):
        assert full[name].got == full[name].of > 0, name
    assert "abstention.recall" not in full


def test_a_dispute_scores_its_pair_of_documents():
    full = scores(DISPUTE, StrawAnswerer())
    assert full["conflicts.precision"] == (1, 1)
    assert full["conflicts.recall"] == (1, 1)
    assert scores(DISPUTE, StrawAnswerer(group=False))["conflicts.recall"] == (0, 1)
    assert full["disputed.recall"] == (1, 1)


def test_a_lost_document_lowers_recall_although_no_passage_of_it_exists():
    assert scores(MEDIATORS, StrawAnswerer(StrawIndex(without("mediators.txt"))))["passages.recall@10"] == (0, 1)


def test_a_lost_quote_counts_among_what_there_is_to_find():
    one_side_gone = scores(DISPUTE, StrawAnswerer(StrawIndex(without("truce-b.txt"))))
    assert one_side_gone["passages.recall@10"] == (0.5, 1)


def test_offsets_are_held_to_the_files_and_not_to_the_index():
    moved = {name: f" {text}" for name, text in TEXTS.items()}
    assert scores(MEDIATORS, StrawAnswerer(), moved)["offsets.exact"].got == 0


def test_refusing_scores_as_the_positive_class():
    assert scores(UNANSWERED, StrawAnswerer())["abstention.recall"] == (1, 1)
    assert scores(MEDIATORS, StrawAnswerer(refuse=True))["abstention.precision"] == (0, 1)


def test_the_words_withheld_by_a_refusal_count_for_its_confidence():
    answerer = StrawAnswerer(refuse=True)
    corpus = Corpus(texts=TEXTS, places=Places(answerer.passage_index))
    outcome = score_case(MEDIATORS, asked(MEDIATORS, answerer), corpus, blame=None)
    assert outcome.got is None
    assert outcome.forecast.right
    assert outcome.forecast.refused


def test_copies_hold_quotes_and_carry_citations():
    text = TEXTS["mediators.txt"]

    class Copying(StrawIndex):
        def copies(self, passage_id):
            own = self.passages[passage_id]
            return (Address(document_id="copy.txt", start=own.start, end=own.end),) if own.text in text else ()

    places = Places(Copying(without("trade.txt")))
    start = text.find("Turkey")
    there = Address(document_id="copy.txt", start=start, end=start + 16)
    assert len(places.holding([there])) == 1
    assert places.holding([there.model_copy(update={"end": len(text)})]) == set()
    assert len(places.touching([there.model_copy(update={"end": len(text)})])) == 2
