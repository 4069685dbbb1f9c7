"""Is an answer given with 80 % confidence right four times in five? Owns the reliability bins and ECE."""

from collections.abc import Sequence

from eval.types import Forecast, Reliability


def reliability(forecasts: Sequence[Forecast], *, bins: int = 10) -> tuple[Reliability, ...]:
    """Mean confidence and share right in bins [low, high) of equal width (Niculescu-Mizil & Caruana 2005).

    The last bin includes 1; both numbers are 0 where a bin has no cases.
    """
    members: list[list[Forecast]] = [[] for _ in range(bins)]
    for forecast in forecasts:
        members[min(int(forecast.confidence * bins), bins - 1)].append(forecast)
    return tuple(_bin(position, bins, inside) for position, inside in enumerate(members))


def expected_calibration_error(forecasts: Sequence[Forecast], *, bins: int = 10) -> float | None:
    """Mean gap between confidence and share right, weighted by the bins' cases (Naeini et al. 2015; Guo et al. 2017).

    Lower is better. None without cases.
    """
    if not forecasts:
        return None
    gaps = (bin_.cases * abs(bin_.confidence - bin_.right) for bin_ in reliability(forecasts, bins=bins))
    return sum(gaps) / len(forecasts)


def _bin(position: int, bins: int, inside: list[Forecast]) -> Reliability:
    count = len(inside)
    return Reliability(
        low=position / bins,
        high=(position + 1) / bins,
        cases=count,
        confidence=sum(forecast.confidence for forecast in inside) / count if count else 0.0,
        right=sum(forecast.right for forecast in inside) / count if count else 0.0,
    )
