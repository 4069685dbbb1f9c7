"""Averages two sets of weights of one network: what fine-tuning forgot of the first comes back.

Interpolation between the weights before and after fine-tuning (WiSE-FT, Wortsman et al. 2022), which works where the
second were trained from the first.
"""

from pathlib import Path

from qa.training.network import ReaderNetwork
from qa.training.train import save_weights


def average(before: Path, after: Path, target: Path, *, share: float) -> Path:
    """Write ``share`` of the weights in ``after`` and the rest of those in ``before``; returns the folder written."""
    network, other = ReaderNetwork.from_folder(before), ReaderNetwork.from_folder(after)
    theirs = other.state_dict()
    mixed = {name: value.lerp(theirs[name], share) for name, value in network.state_dict().items()}
    network.load_state_dict(mixed)
    return save_weights(network, before, target)
