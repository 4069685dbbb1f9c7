"""A user's cases on a user's documents. Owns where they come from; ``seeds.py`` does the rest."""

from eval.bench import Bench
from eval.files import required
from eval.settings import RunSettings
from eval.suites.seeds import bench_of
from eval.workshop import Workshop


def open_bench(settings: RunSettings, workshop: Workshop) -> Bench:
    """Cases as `quoth eval new` writes them, with the folder that was indexed when they were written."""
    questions = required(settings.questions, "--questions", "a file of cases (`quoth eval new` writes one)")
    folder = required(settings.data, "--data", "the folder of the documents")
    return bench_of(folder, questions, settings, workshop, shipped=False)
