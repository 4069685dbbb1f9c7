"""Search alone on a BEIR folder. Owns the way from its files to rankings of documents; ``news_search`` has another's.

Each document is one passage, title and text, as BEIR is run; with ``--cut`` documents are cut as the product does, and
rank by their best passage.
"""

from collections.abc import Callable, Mapping
from functools import partial
from time import perf_counter

from eval.ablations import described, index_settings
from eval.beir import load_beir
from eval.bench import Bench
from eval.corpus import SearchablePassages
from eval.documents import document_of
from eval.files import required, sha256_of
from eval.indexing import documents_index
from eval.metrics.retrieval import retrieval_scores
from eval.run import sample
from eval.scoring import ranked_documents
from eval.settings import RunSettings
from eval.suites import news_search
from eval.types import DataInfo, Outcome
from eval.workshop import Workshop
from index.search import PassageIndex
from index.settings import PassageSettings

WHOLE_DOCUMENTS = PassageSettings(min_words=1000, max_words=2000, copied_words=1000)
"""No abstract is so long: each stays one passage."""
_DEPTH = 100
_PASSAGES_A_DOCUMENT = 4
"""With ``--cut``, so many times more hits are asked for, that there are a hundred documents among them."""


def open_bench(settings: RunSettings, workshop: Workshop) -> Bench:
    """Indexes the corpus and makes each judged query a task; with ``--questions``, RealTimeQA's questions."""
    if settings.questions is not None or settings.articles is not None:
        return news_search.open_bench(settings, workshop)
    folder = required(settings.data, "--data", "a BEIR folder")
    beir = load_beir(folder, settings.split)
    chosen = sample(beir.queries, limit=settings.limit, seed=settings.seed)
    search = index_settings(settings)
    if not settings.cut:
        search = search.model_copy(update={"passages": WHOLE_DOCUMENTS})
    documents = [document_of(name, text, title=beir.titles[name]) for name, text in beir.texts.items()]
    directory = documents_index(documents, settings.directory, search, workshop, name="beir")
    passage_index = PassageIndex.open(directory, settings=search)
    depth = _DEPTH * _PASSAGES_A_DOCUMENT if settings.cut else _DEPTH
    tasks: dict[str, Callable[[], Outcome]] = {
        name: partial(_measured, name, query, beir.qrels[name], passage_index, depth) for name, query in chosen.items()
    }
    return Bench(
        data=DataInfo(name=f"{folder.name} {settings.split}", sha256=sha256_of(*beir.files), cases=len(chosen)),
        settings=described(search),
        tasks=tasks,
        close=passage_index.close,
    )


def _measured(
    name: str, query: str, relevant: Mapping[str, int], passage_index: SearchablePassages, depth: int
) -> Outcome:
    began = perf_counter()
    hits = passage_index.search(query, limit=depth)
    milliseconds = (perf_counter() - began) * 1000
    # BEIR leaves a query that is itself a document out of its own ranking.
    ranked = [document for document in ranked_documents(hits) if document != name][:_DEPTH]
    return Outcome(
        id=name,
        question=query,
        type="query",
        scores=retrieval_scores(ranked, relevant, of="documents"),
        timings_ms={"retrieve": round(milliseconds, 3)},
    )
