"""Relations: what conflicts, and above all what must not."""

import pytest
from spoken import judged, said

from qa.claims.relations import RelationSettings
from qa.claims.scenes import scenes_of

JND = "The two neighbours had signed a ceasefire on [October 19] following clashes along the Durand Line near Kabul."
BLOG = "The talks began after the [October 16] ceasefire, which ended the clashes between Kabul and Islamabad in 2021."
NN = "A previous round in Doha produced a ceasefire on [Oct. 19], which both sides say remains in effect."
WHEN = "when was the ceasefire?"


def verdict(question: str, first: str, second: str) -> str:
    return judged(question, said(first), said(second)).verdict


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        (WHEN, JND, BLOG),
        (WHEN, NN, BLOG),
        ("when was the truce signed", JND, BLOG),
        (
            "where was the first round?",
            "The first round of talks, held in [Istanbul] on October 19, saw Pakistan submit a strategy to Kabul.",
            "They met again after an initial round of talks with Pakistan in [Doha], which had failed.",
        ),
        (
            "how many people were killed in the Paris attacks?",
            "Islamic State gunmen killed [120] people in the attacks in Paris, President Hollande said.",
            "The attacks in Paris, in which [130] people were killed, were condemned by President Hollande.",
        ),
        (
            "how long were the talks?",
            "The [four-day] negotiations in Istanbul collapsed, Pakistan said.",
            "Kabul blamed Pakistan for the breakdown of the [two-day] negotiations in Istanbul.",
        ),
        (
            "who is the defence minister of Pakistan?",
            "Pakistan's Defence Minister [Khawaja Asif] warned Kabul of open war.",
            "In Islamabad the Defence Minister of Pakistan, [Ahmed Mukhtar], warned Kabul.",
        ),
    ],
)
def test_what_conflicts(question: str, first: str, second: str) -> None:
    assert verdict(question, first, second) == "conflicts"
    assert verdict(question, second, first) == "conflicts"


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        pytest.param(
            WHEN, JND, "The talks, held on [November 6 and 7] in Kabul, followed a ceasefire.", id="another event"
        ),
        pytest.param(WHEN, JND, "The Taliban took Kabul [in 2021], years before the ceasefire.", id="a year elsewhere"),
        pytest.param(WHEN, JND, "The ceasefire will begin on [October 16], Kabul said.", id="planned"),
        pytest.param(WHEN, JND, "Kabul denied that a ceasefire was signed on [October 16].", id="denied"),
        pytest.param(WHEN, JND, "A second ceasefire was signed in Kabul on [November 2].", id="the second one"),
        pytest.param(
            "when was the ceasefire in Syria?",
            "A ceasefire in Syria began on [October 19], Moscow said.",
            "The ceasefire in Syria ended on [October 21], Moscow said.",
            id="another stage",
        ),
        pytest.param(
            "who spoke at the rally in Kabul?",
            "[John Smith] spoke at the rally in Kabul.",
            "[Mary Miller] spoke at the rally in Kabul.",
            id="an open list",
        ),
        pytest.param(
            "where was the first round?",
            "The first round of talks between Kabul and Islamabad was in [Doha].",
            "The second round of talks between Kabul and Islamabad was in [Istanbul].",
            id="another round",
        ),
        pytest.param(
            "where was the first round?",
            "The first round of talks with Kabul was in [Doha].",
            "The first round of talks with Kabul was at the [Dolmabahce Palace].",
            id="places of two levels",
        ),
        pytest.param(
            "who is Pakistan's defence minister?",
            "Pakistan's Defence Minister [Khawaja Asif] warned Kabul.",
            "Pakistan's Information Minister [Attaullah Tarar] warned Kabul.",
            id="another office",
        ),
        pytest.param(
            "how many people were killed?",
            "The blast in Kabul killed [12] people, police said.",
            "The blast in Lahore killed [37] people, police said.",
            id="another place",
        ),
        pytest.param(
            "how many people were killed in Kabul?",
            "The blast in Kabul on March 3 killed [12] people.",
            "The blast in Kabul on June 9 killed [37] people.",
            id="another day",
        ),
        pytest.param(
            "how many people were killed?",
            "The blast in Kabul killed [12] people and injured 30.",
            "The blast in Kabul killed 12 people and injured [30].",
            id="the injured",
        ),
        pytest.param(
            "when was Justice Cole born?",
            "Justice Charles Cole was born on [May 22, 1841] in Maine.",
            "Justice Luther Cole was born on [October 25, 1925] in Maine.",
            id="namesakes",
        ),
        pytest.param(
            "why did the talks fail?", "The talks failed on [October 19].", "The talks failed on [May 3].", id="no type"
        ),
        pytest.param(
            "who won the race?",
            "[Turkey and Qatar] won the race in Doha.",
            "[Egypt] won the race in Doha.",
            id="a list",
        ),
        pytest.param(
            "how many people were killed?",
            "The blast killed [12] people.",
            "The storm killed [37] people.",
            id="nothing in common",
        ),
    ],
)
def test_what_is_about_something_else(question: str, first: str, second: str) -> None:
    assert verdict(question, first, second) == "other"
    assert verdict(question, second, first) == "other"


@pytest.mark.parametrize(
    ("question", "first", "second", "expected"),
    [
        (WHEN, JND, NN, "same"),
        (WHEN, JND, "The ceasefire was signed in [October 2025], Kabul said.", "finer"),
        ("who mediated?", "Mediators [Turkey and Qatar] met.", "[Qatar and Turkey] mediated.", "same"),
        ("who mediated?", "[Turkey and Qatar] mediated.", "[Turkey] mediated.", "finer"),
        ("who mediated?", "[Turkey] mediated.", "[Turkey and Qatar] mediated.", "coarser"),
        ("how many died?", "The clashes killed [37] people.", "The clashes killed [dozens].", "finer"),
        ("what was agreed?", "They signed [a lasting truce].", "They signed [a lasting truce].", "same"),
    ],
)
def test_agreement_in_more_or_fewer_words(question: str, first: str, second: str, expected: str) -> None:
    assert verdict(question, first, second) == expected


TOLL = "how many people were killed in the Kabul blast?"
EARLY = "The blast in Kabul killed [12] people, the Taliban said."
LATE = "The blast in Kabul killed [37] people, the Taliban said."


def test_a_higher_toll_of_a_later_day_is_an_update() -> None:
    early, late = said(EARLY, published="2025-03-01"), said(LATE, published="2025-03-02T08:00:00Z")
    assert judged(TOLL, early, late).verdict == judged(TOLL, late, early).verdict == "update"


def test_the_least_that_was_known_is_updated_by_what_a_later_day_tells() -> None:
    least = said("The blast in Kabul killed [at least 12] people, the Taliban said.", published="2025-03-01")
    assert judged(TOLL, least, said(LATE, published="2025-03-02")).verdict == "update"
    assert judged(TOLL, least, said(LATE, published="2025-03-01")).verdict == "coarser"


def test_tolls_of_one_day_a_lower_later_one_and_undated_ones_conflict() -> None:
    assert judged(TOLL, said(EARLY, published="2025-03-01"), said(LATE, published="2025-03-01")).verdict == "conflicts"
    assert judged(TOLL, said(LATE, published="2025-03-01"), said(EARLY, published="2025-03-02")).verdict == "conflicts"
    assert judged(TOLL, said(EARLY), said(LATE)).verdict == "conflicts"


def test_articles_of_different_years_speak_of_different_events() -> None:
    assert judged(WHEN, said(JND, published="2025-10-28"), said(BLOG, published="2019-10-28")).verdict == "other"


def test_a_document_contradicts_itself_only_where_it_says_that_it_means_one_event() -> None:
    doha = "The latest round came after the initial round of talks with Kabul in [Doha] a week earlier."
    istanbul = "The first round of talks, held in [Istanbul] on October 19, saw Pakistan submit a strategy to Kabul."
    question = "where was the first round?"
    inside = judged(question, said(doha, document="a"), said(istanbul, document="a", start=500))
    assert inside.verdict == "conflicts"
    vague = "The talks were in [Doha] and Kabul attended.", "Kabul attended the talks in [Istanbul]."
    apart = judged("where were the talks?", said(vague[0], document="a"), said(vague[1], document="a", start=500))
    assert apart.verdict == "other"


def test_two_values_of_one_sentence_never_conflict() -> None:
    text = "The ceasefire was signed on {} in Doha and the ceasefire began on {} in Kabul."
    first = said(text.format("[October 16]", "October 19"), document="a")
    second = said(text.format("October 16", "[October 19]"), document="a")
    assert judged(WHEN, first, second).verdict == "other"


def test_every_judgement_names_its_reason() -> None:
    assert judged(WHEN, said(JND), said(BLOG)).reason
    assert "planned" in judged(WHEN, said(JND), said("The ceasefire will begin on [October 16], Kabul said.")).reason


def test_settings_refuse_what_they_do_not_know() -> None:
    with pytest.raises(ValueError, match="strictness"):
        RelationSettings.model_validate({"strictness": 3})


@pytest.mark.parametrize(
    "text", ["[x]", "[.]", "  [October 19]  ", "停火[十月]停火", "[" + "a" * 10_000 + "]", "\n\n[7]\n\n"]
)
def test_strange_passages_never_raise(text: str) -> None:
    assert judged(WHEN, said(text), said(JND)).verdict
    (scene,) = scenes_of("", [said(text)])
    assert scene.sentence
    assert scene.clause


def test_a_group_is_not_disputed_by_a_person_in_office() -> None:
    group = "Pakistan has seen a surge in attacks in the north that it blames on the [Pakistani Taliban] in the north."
    person = "For the attacks in the north Pakistan blames Information Minister [Attaullah Tarar] in the north."
    assert verdict("which group does Pakistan blame for the attacks", group, person) == "other"
