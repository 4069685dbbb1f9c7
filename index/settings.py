"""How an index is built and searched. Frozen, passed as an argument, never read from a global."""

from typing import Literal

from pydantic import Field, model_validator

from index.types import Frozen

DEFAULT_MODEL = "sentence-transformers/all-MiniLM-L6-v2"
"""The fastest embedding model that is good on a CPU; its weights come with a dependency of Quoth."""


class PassageSettings(Frozen):
    """Where documents are cut."""

    min_words: int = Field(default=60, ge=1, le=1000)
    """Neighbouring paragraphs are joined until they have this many: a lone sentence has too little to be found by."""
    max_words: int = Field(default=120, ge=10, le=2000)
    """A longer paragraph is cut at sentences: the model reads 256 tokens, and a person one screen of evidence."""
    copied_words: int = Field(default=12, ge=1, le=1000)
    """A shorter paragraph that recurs is a heading or a stock phrase, not a copy."""

    @model_validator(mode="after")
    def _in_order(self) -> "PassageSettings":
        if self.min_words > self.max_words:
            raise ValueError(f"min_words ({self.min_words}) is over max_words ({self.max_words})")
        return self


class IndexSettings(Frozen):
    """Knobs of a build and of a search."""

    model: str = Field(default=DEFAULT_MODEL, min_length=1)
    """A folder, the default's name, or the id of a model on the Hugging Face hub."""
    passages: PassageSettings = PassageSettings()
    max_file_bytes: int = Field(default=10_000_000, ge=1, le=1_000_000_000)
    """An article is a few kilobytes and a long book two megabytes; what is larger is a log or a dump."""
    embedding_batch: int = Field(default=32, ge=1, le=1024)
    """Passages a forward pass; on two cores a larger batch is no faster and needs more memory."""
    commit_every: int = Field(default=256, ge=1, le=100_000)
    """Embeddings a transaction: what a crash can cost, a few seconds of work."""
    fusion: Literal["convex", "reciprocal"] = "convex"
    """Convex combination of normalised scores (Bruch et al., TOIS 2023); reciprocal rank fusion needs no tuning."""
    dense_weight: float = Field(default=0.7, ge=0, le=1)
    """Share of the dense score in the convex combination; 0 is words alone, 1 is vectors alone. Chosen on news."""
    candidate_depth: int = Field(default=100, ge=1, le=10_000)
    """Hits that each of the two searches hands to the fusion; recall is flat beyond, and the cost small below."""
