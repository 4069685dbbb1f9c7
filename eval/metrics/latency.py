"""How long does it take? Owns percentiles by stage; never starts a clock."""

from collections.abc import Sequence

import numpy as np

from eval.types import Outcome

_PERCENTILES = (50, 95, 99)


def latency(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """``latency.<stage>.p50``, ``.p95`` and ``.p99`` in milliseconds, interpolated linearly between ranks."""
    stages = dict.fromkeys(stage for outcome in outcomes for stage in outcome.timings_ms)
    return {
        f"latency.{stage}.p{percentile}": value
        for stage in stages
        for percentile, value in zip(_PERCENTILES, _percentiles(stage, outcomes), strict=True)
    }


def _percentiles(stage: str, outcomes: Sequence[Outcome]) -> list[float]:
    times = [outcome.timings_ms[stage] for outcome in outcomes if stage in outcome.timings_ms]
    return [round(float(value), 3) for value in np.percentile(times, _PERCENTILES)]
