"""What each metric's name means, for a person. Owns names, their order and which way is better."""

from collections.abc import Iterable

_MEANINGS = {
    "cases.passed": "Right in everything: words, refusal, and whether it is disputed",
    "passages.recall@1": "Share of the passages that answer that are first",
    "passages.recall@5": "Share of the passages that answer that are among the first 5",
    "passages.recall@10": "Share of the passages that answer that are among the first 10",
    "passages.recall@100": "Share of the passages that answer that are among the first 100",
    "passages.success@3": "Is a passage that answers among the first 3?",
    "passages.mrr@10": "One over the rank of the first passage that answers",
    "passages.ndcg@10": "Gain of the first 10 passages over the best possible",
    "passages.map": "Mean precision at the ranks of the passages that answer",
    "passages.holds@1": "Does the first passage hold the answer's words?",
    "passages.holds@5": "Does one of the first 5 passages hold the answer's words?",
    "passages.holds@10": "Does one of the first 10 passages hold the answer's words?",
    "passages.holds@16": "Does one of the first 16 passages hold the answer's words?",
    "passages.holds@24": "Does one of the first 24 passages hold the answer's words?",
    "passages.holds@32": "Does one of the first 32 passages hold the answer's words?",
    "passages.holds@50": "Does one of the first 50 passages hold the answer's words?",
    "passages.holds@100": "Does one of the first 100 passages hold the answer's words?",
    "documents.recall@1": "Share of the documents that answer that are first",
    "documents.recall@5": "Share of the documents that answer that are among the first 5",
    "documents.recall@10": "Share of the documents that answer that are among the first 10",
    "documents.recall@100": "Share of the documents that answer that are among the first 100",
    "documents.success@3": "Is a document that answers among the first 3?",
    "documents.mrr@10": "One over the rank of the first document that answers",
    "documents.ndcg@10": "Gain of the first 10 documents over the best possible",
    "documents.map": "Mean precision at the ranks of the documents that answer",
    "evidence.success@3": "Is a document that answers among the first 3 shown as evidence?",
    "answers.right": "Would a person accept the leading words?",
    "answers.em": "Exact match with a gold answer, as SQuAD counts",
    "answers.f1": "Words shared with a gold answer, as SQuAD counts",
    "answers.contains": "Does the answer contain a gold answer?",
    "answers.em.has_answer": "Exact match where there is an answer",
    "answers.f1.has_answer": "Words shared where there is an answer",
    "answers.em.no_answer": "Refused where there is no answer",
    "answers.f1.forced": "Words shared if it had to answer every question",
    "answers.f1.best_threshold": "F1 with the best threshold in hindsight",
    "answers.em.occurs": "Exact match where an article holds the answer's words",
    "answers.f1.occurs": "Words shared where an article holds the answer's words",
    "answers.right.occurs": "Right where an article holds the answer's words",
    "answers.em.absent": "Exact match where no article holds the answer's words",
    "answers.f1.absent": "Words shared where no article holds the answer's words",
    "answers.all": "Every right answer given and no wrong one",
    "answers.recall": "Share of the right answers that were given",
    "answers.precision": "Share of the claims that are right answers",
    "answers.misled": "Led with misinformation",
    "citations.precision": "Share of the claims' evidence that stands where the gold says",
    "citations.recall": "Share of the gold quotes that the claims' evidence shows",
    "abstention.precision": "Share of the refusals that were due",
    "abstention.recall": "Share of the unanswerable questions that were refused",
    "abstention.f1": "Harmonic mean of the two",
    "abstention.auroc": "Is it surer of answerable questions than of unanswerable ones?",
    "confidence.auroc": "Is it surer where it is right than where it is wrong?",
    "confidence.aurc": "Mean share of errors over all thresholds",
    "confidence.coverage@5%": "Share that can be answered with 5 % errors",
    "confidence.coverage@10%": "Share that can be answered with 10 % errors",
    "confidence.ece": "Mean gap between confidence and share right",
    "disputed.precision": "Share of the answers called disputed that are",
    "disputed.recall": "Share of the disputed questions that are called so",
    "conflicts.precision": "Share of the pairs shown in conflict that are",
    "conflicts.recall": "Share of the conflicting pairs that are shown",
    "conflicts.f1": "Harmonic mean of the two",
    "relations.accuracy": "Share of the pairs of claims whose relation is named right",
    "relations.precision": "Share of the pairs called a conflict that are",
    "relations.recall": "Share of the conflicting pairs that are called so",
    "offsets.exact": "Share of the shown passages and spans that stand in the file, to the character",
    "repeatable": "Share of the repeated questions with the same bytes again",
    "cold_start_ms.p50": "From the shell to the answer and back, half of the starts",
    "cold_start_ms.max": "The slowest of the starts",
    "peak_memory_mb": "Most memory held by `quoth ask`",
    "peak_memory_mb.warm": "Most memory held by this evaluation",
}
_LOWER_IS_BETTER = ("answers.misled", "confidence.aurc", "confidence.ece", "latency.", "cold_start", "peak_memory")
_STAGES = {"retrieve": "Searching", "read": "Reading", "total": "The whole answer"}
_ORDER = {name: position for position, name in enumerate(_MEANINGS)}


def meaning(name: str) -> str:
    """One line on the metric, for tables and tooltips."""
    if name.startswith("latency."):
        _, stage, percentile = name.split(".")
        return f"{_STAGES.get(stage, stage)}: {percentile[1:]} % of the questions take less"
    return _MEANINGS.get(name, "")


def lower_is_better(name: str) -> bool:
    """Is a smaller value the better one?"""
    return name.startswith(_LOWER_IS_BETTER)


def in_order(names: Iterable[str]) -> list[str]:
    """The names as reports list them: by subject, unknown ones last by name."""
    return sorted(names, key=lambda name: (_ORDER.get(name, len(_ORDER)), name))
