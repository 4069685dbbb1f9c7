"""What all tests share: a deterministic embedder without weights, four short articles, and an index of them."""

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import settings

from index.build import build_index
from index.embedder import Embedder
from index.search import PassageIndex

# The same examples in every run: a check that fails now and then tells a change nothing. `--hypothesis-profile=default`
# looks further.
settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")

ARTICLES = {
    "harbour.txt": """Bridge over the harbour opens

The new bridge over the harbour of Varna was opened on Monday by mayor Elena Petrova. It cost 40 million euros and took
three years to build, the city said in a statement.

"This bridge joins two halves of our city," Petrova said. About 9,000 cars are expected to cross it on a working day.

ALSO READ: Ten walks along the Black Sea

Ferries between the two shores will stop at the end of June, when their licence runs out, because the city will not pay
for both a bridge and a ferry.
""",
    "ferry.txt": """The last ferry leaves in July

Ferries across the harbour of Varna will run until the end of July, their owner said on Tuesday. The city had said that
they would stop in June.

The bridge that replaces them cost 46 million euros, six million more than planned, according to documents that the
opposition published on its website.
""",
    "wire/agency.md": """---
title: Varna gets its bridge
source: Black Sea Agency
date: 2024-05-14
---

"This bridge joins two halves of our city," Petrova said. About 9,000 cars are expected to cross it on a working day.

Fishermen had protested against the bridge for months. They fear that ships with high masts will no longer call.

Copyright 2024 Black Sea Agency. All rights reserved.
""",
    "storks.txt": """Storks return to the delta

More than two hundred storks have returned to the delta of the Kamchia river, ornithologist Ivan Dimov counted. That is
the highest number since 1998, when counting began.
""",
}
"""On a bridge: two sources differ on cost and date, and a paragraph stands in two. On storks: nothing of a bridge."""


class FakeEmbedder:
    """Words hashed to directions: texts that share words are near each other, and nothing has to be loaded."""

    name = "fake"
    fingerprint = "fake-" + "0" * 59
    dimension = 64

    def embed(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        """Sum of the directions of the words without their endings, at unit length."""
        return np.stack([self._vector(text) for text in texts]) if texts else np.empty((0, self.dimension), np.float32)

    def _vector(self, text: str) -> npt.NDArray[np.float32]:
        vector = np.zeros(self.dimension, dtype=np.float32)
        vector[0] = 0.1  # so that a text without words has a direction too
        for word in text.lower().split():
            stem = word.strip(".,:;!?\"'()")[:5]
            seed = int.from_bytes(blake2b(stem.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
            vector += np.random.default_rng(seed).standard_normal(self.dimension).astype(np.float32)
        return vector / np.linalg.norm(vector)


@pytest.fixture(scope="session")
def fake_embedder() -> Embedder:
    """An embedder for builds and searches that have to agree and need no meaning."""
    return FakeEmbedder()


@pytest.fixture
def tiny_corpus(tmp_path: Path) -> Path:
    """A folder with four short articles."""
    folder = tmp_path / "articles"
    for name, text in ARTICLES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


@pytest.fixture
def tiny_index(tiny_corpus: Path, tmp_path: Path, fake_embedder: Embedder) -> Iterator[PassageIndex]:
    """An open index of the four articles, made without a model."""
    build_index([tiny_corpus], tmp_path / "quoth", embedder=fake_embedder)
    with PassageIndex.open(tmp_path / "quoth", embedder=fake_embedder) as passage_index:
        yield passage_index
