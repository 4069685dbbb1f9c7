"""Claims: who agrees, who leads, who disagrees, on made-up sentences and on the seed articles themselves."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spoken import said

from qa.claims.merge import ClaimSettings, is_disputed, make_claims
from qa.claims.scenes import Candidate
from qa.types import Claim, Value

SEEDS = Path(__file__).parent.parent / "seeds"
WHEN = "when was the ceasefire?"
JND = "The two neighbours had signed a ceasefire on [October 19] following clashes along the Durand Line near Kabul."
NN = "A previous round in Doha produced a ceasefire on [Oct. 19], which Kabul says remains in effect."
BLOG = "The talks began after the [October 16] ceasefire, which ended the clashes with Kabul."


def marked(document: str, quote: str, *, rank: int, probability: float = 0.9) -> Candidate:
    """The span in brackets where it stands in the seed article, with its whole line as the passage."""
    (path,) = SEEDS.glob(f"{document}*.txt")
    text = path.read_text(encoding="utf-8")
    place = text.index(quote.replace("[", "").replace("]", ""))
    start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    line = text[start : end if end >= 0 else len(text)]
    plain = re.escape(quote).replace(r"\[", "(").replace(r"\]", ")")
    span = re.search(plain, line)
    assert span is not None
    passage = f"{line[: span.start(1)]}[{span[1]}]{line[span.end(1) :]}"
    return said(passage, document=document, rank=rank, probability=probability, start=start, title=text.strip()[:80])


def summary(claims: tuple[Claim, ...]) -> list[tuple[str, str, int]]:
    return [(claim.text, claim.relation, claim.voices) for claim in claims]


def test_the_ceasefire_of_the_seeds_is_disputed_three_to_one() -> None:
    claims = make_claims(
        WHEN,
        [
            marked("000", "signed a ceasefire on [October 19] following", rank=1),
            marked("004", "produced a ceasefire on [October 19].", rank=2),
            marked("002", "produced a ceasefire on [Oct. 19], which", rank=3),
            marked("001", "after the [October 16] ceasefire", rank=4, probability=0.95),
            marked("001", "held in Istanbul on [October 19], saw", rank=5, probability=0.4),
            marked("001", "control of Afghanistan in [2021].", rank=4, probability=0.4),
            marked("003", "held on [November 6 and 7], failed", rank=6, probability=0.5),
        ],
    )
    assert summary(claims)[0] == ("October 19", "leading", 3)
    assert ("October 16", "conflicts", 1) in summary(claims)
    assert {claim.relation for claim in claims[1:] if claim.text != "October 16"} == {"other"}
    assert claims[0].evidence == (1, 2, 3)
    assert claims[0].value == Value(type="date", normal="--10-19")
    assert is_disputed(claims)


def test_the_mediators_of_the_seeds_are_agreed() -> None:
    claims = make_claims(
        "who mediated?",
        [
            marked("000", "facilitated by [Turkey and Qatar], were", rank=1),
            marked("002", "efforts by [Qatar and Turkey] to mediate", rank=2),
            marked("003", "mediators [Turkey and Qatar] unable", rank=3),
            marked("004", "mediated by [Qatar and Turkey], following", rank=4),
            marked("001", "[Turkey], which hosted the negotiations", rank=5, probability=0.6),
            marked("001", "President [Donald Trump] announced", rank=6, probability=0.5),
        ],
    )
    assert summary(claims) == [("Turkey and Qatar", "leading", 4), ("Donald Trump", "other", 1)]
    assert claims[0].evidence == (1, 2, 3, 4, 5)
    assert not is_disputed(claims)


def test_one_article_that_names_two_cities_for_one_round_is_a_dispute() -> None:
    claims = make_claims(
        "where was the first round?",
        [
            marked("001", "initial negotiations in [Doha] a week", rank=1),
            marked("001", "The first round of talks, held in [Istanbul] on", rank=2),
        ],
    )
    assert [claim.relation for claim in claims] == ["leading", "conflicts"]


def test_most_voices_lead_a_dispute_even_against_a_better_score() -> None:
    sides = [
        said(JND, rank=1, probability=0.5),
        said(NN, rank=2, probability=0.5),
        said(BLOG, rank=3, probability=0.99),
    ]
    claims = make_claims(WHEN, sides)
    assert claims[0].voices == 2
    assert claims[1].score > claims[0].score
    assert claims[1].relation == "conflicts"


def test_copies_do_not_add_voices_or_certainty() -> None:
    copies = [said(JND, rank=rank, document=f"copy{rank}", voice="wire") for rank in range(1, 5)]
    (claim,) = make_claims(WHEN, copies)
    assert (claim.voices, claim.score) == (1, pytest.approx(0.9))
    independent = [said(JND, rank=rank, document=f"own{rank}") for rank in (1, 2)]
    (claim,) = make_claims(WHEN, independent)
    # The reader's mistakes are alike: two of them make nothing surer.
    assert (claim.voices, claim.score) == (2, pytest.approx(0.9))


def test_what_is_not_confident_disputes_nothing() -> None:
    claims = make_claims(WHEN, [said(JND), said(BLOG, probability=0.15)])
    assert [claim.relation for claim in claims] == ["leading", "other"]
    bold = ClaimSettings(confident=0.1)
    assert is_disputed(make_claims(WHEN, [said(JND), said(BLOG, probability=0.15)], bold))


def test_the_fuller_form_leads_on_a_near_tie_only() -> None:
    short, full = "[Turkey] mediated the talks.", "The talks were mediated by [Turkey and Qatar]."
    near = make_claims("who mediated?", [said(short, probability=0.9), said(full, rank=2, probability=0.85)])
    assert summary(near) == [("Turkey and Qatar", "leading", 1)]
    assert near[0].evidence == (1, 2)
    far = make_claims("who mediated?", [said(short, probability=0.9), said(full, rank=2, probability=0.3)])
    assert summary(far) == [("Turkey", "leading", 1), ("Turkey and Qatar", "finer", 1)]


def test_the_fullest_words_of_one_value_are_shown() -> None:
    claims = make_claims(
        "who spoke?", [said("[Tarar] spoke.", probability=0.9), said("Then [Attaullah Tarar] spoke.", probability=0.88)]
    )
    assert summary(claims) == [("Attaullah Tarar", "leading", 2)]


def test_the_later_figure_leads_an_update() -> None:
    early = said("The blast in Kabul killed [12] people, the Taliban said.", published="2025-03-01", probability=0.95)
    late = said("The blast in Kabul killed [37] people, the Taliban said.", published="2025-03-02", probability=0.8)
    claims = make_claims("how many people were killed in the Kabul blast?", [early, late])
    assert summary(claims) == [("37", "leading", 1), ("12", "update", 1)]
    assert not is_disputed(claims)


def test_what_is_told_of_the_first_meeting_is_no_voice_for_the_second() -> None:
    second = said("The second meeting was held in [Istanbul] on Saturday.", document="a")
    unmarked = said("Talks resumed in [Istanbul] on Saturday.", document="b", rank=2)
    first = said("The first meeting, held in [Istanbul], ended in a truce.", document="c", rank=3)
    asked = "where was the second meeting held?"
    assert summary(make_claims(asked, [second, unmarked, first])) == [("Istanbul", "leading", 2)]
    assert summary(make_claims(asked, [first])) == [("Istanbul", "leading", 1)]
    assert summary(make_claims("where were the meetings held?", [second, unmarked, first]))[0][2] == 3


def test_answers_without_a_value_merge_by_their_words() -> None:
    claims = make_claims(
        "why did the talks fail?",
        [
            said("They failed over [Kabul's reluctance to provide firm assurances]."),
            said("The reason was [the reluctance of Kabul to provide assurances].", rank=2),
            said("They failed for [lack of seriousness].", rank=3, probability=0.5),
        ],
    )
    assert [(claim.voices, claim.value) for claim in claims] == [(2, None), (1, None)]


def test_noise_and_the_tail_are_left_out() -> None:
    crowd = [said(f"It was signed on [October {day}].", rank=day, probability=0.9) for day in range(1, 20)]
    noise = said("It was signed on [May 3].", rank=20, probability=0.01)
    claims = make_claims(WHEN, [*crowd, noise])
    assert len(claims) == ClaimSettings().most_claims
    assert all(claim.text != "May 3" for claim in make_claims(WHEN, [crowd[0], noise]))


def test_no_candidates_no_claims() -> None:
    assert make_claims(WHEN, []) == ()
    assert not is_disputed(())


@given(
    st.permutations([said(JND, rank=1), said(NN, rank=2), said(BLOG, rank=3), said("On [Tuesday] it rained.", rank=4)])
)
def test_the_order_of_the_candidates_changes_nothing(order: list[Candidate]) -> None:
    assert make_claims(WHEN, order) == make_claims(WHEN, sorted(order, key=lambda candidate: candidate.rank))


@given(st.text(max_size=80), st.text(min_size=1, max_size=80).filter(lambda words: not set(words) & set("[]")))
def test_no_question_and_no_span_raise(question: str, words: str) -> None:
    claims = make_claims(question, [said(f"a [{words}] b"), said(JND, rank=2)])
    assert claims[0].relation == "leading"
    assert {claim.text for claim in claims} <= {words, "October 19"}


def test_the_second_best_span_of_a_sentence_is_no_claim_of_its_own() -> None:
    sentence = "Pakistan's talks with the government in {} hit a roadblock after four days in {}."
    best = said(sentence.format("Kabul", "[Istanbul]"), document="a")
    second = said(sentence.format("[Kabul]", "Istanbul"), document="a", probability=0.85)
    assert [claim.text for claim in make_claims("where were the talks?", [best, second])] == ["Istanbul"]
    elsewhere = said("The talks with Pakistan were in [Kabul] for days.", rank=2)
    assert {claim.text for claim in make_claims("where were the talks?", [best, second, elsewhere])} == {
        "Istanbul",
        "Kabul",
    }
