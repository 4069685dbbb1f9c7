"""RealTimeQA's questions and articles (Kasai et al. 2023), a JSON object a line. Owns that format."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from eval.documents import document_of
from eval.files import load_models
from index.errors import InputError
from index.types import Document


class Question(BaseModel):
    """One news-quiz question."""

    model_config = ConfigDict(extra="ignore")

    id: str = Field(min_length=1)
    question: str
    answers: tuple[str, ...]
    gcs_articles: tuple[str, ...] = ()
    """Ids of the articles that a web search returned."""
    articles_with_answer_string: tuple[str, ...] = ()
    """Those in which the answer's words occur: a weak label that they answer."""


class _Article(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str = Field(min_length=1)
    title: str = ""
    date: str | None = None
    url: str | None = None
    text: str


@dataclass(frozen=True)
class RealTimeQA:
    """What can be measured on: the rest of the public files has no articles, no answer or no question."""

    questions: Mapping[str, Question]
    """Those with words, an answer and at least one article that is at hand."""
    articles: Mapping[str, Document]
    """Those that hold text."""

    def retrieved_for(self, questions: Iterable[Question]) -> list[Document]:
        """The articles that were retrieved for these questions, each once, in one order whatever theirs."""
        needed = {name for question in questions for name in question.gcs_articles}
        return [self.articles[name] for name in sorted(needed)]


def load_realtimeqa(questions: Path, articles: Path) -> RealTimeQA:
    """Reads both files; raises InputError, with file and line, for what is malformed, or where nothing can be asked."""
    loaded = load_models(articles, _Article, key=lambda article: article.id)
    documents = {article.id: _document(article) for _, article in loaded if article.text.strip()}
    asked = [_known(question, documents) for _, question in load_models(questions, Question, key=lambda one: one.id)]
    usable = {one.id: one for one in asked if one.question.strip() and one.answers and one.gcs_articles}
    if not usable:
        raise InputError(f"{questions}:1: no question has an answer and articles (gcs_articles) in {articles.name}")
    return RealTimeQA(usable, documents)


def _known(question: Question, documents: Mapping[str, Document]) -> Question:
    kept = tuple(name for name in question.gcs_articles if name in documents)
    return question.model_copy(update={"gcs_articles": kept})


def _document(article: _Article) -> Document:
    published = article.date.replace("/", "-") if article.date else None
    return document_of(article.id, article.text, title=article.title, published=published, url=article.url)
