"""Small charts as SVG text. Owns shapes, scales and escaping; knows nothing of reports.

Colours are CSS classes of the page (``series-0`` …), so that a chart follows the reader's light or dark theme.
"""

from collections.abc import Sequence

from markupsafe import Markup, escape

WIDTH, HEIGHT = 560, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 16, 16, 44
_PLOT_WIDTH, _PLOT_HEIGHT = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM
_TICKS = 5
_ROW, _THIN_ROW, _GAP = 26, 15, 10
_BAR_LEFT = 150
COLOURS = 8
"""Classes that the page has colours for; a ninth series looks like the first."""

_OWN_STYLE = (
    ".label{fill:#7d8590;font:12px system-ui,sans-serif}.grid{stroke:#8884}.guide{stroke:#7d8590;stroke-dasharray:5 5}"
    ".line{fill:none;stroke:#3b82d0;stroke-width:2.5}.series-0{fill:#3b82d0}.line.series-0{fill:none}"
)

Point = tuple[float, float]


def line_chart(
    points: Sequence[Point],
    *,
    label: str,
    x_label: str,
    y_label: str,
    y_top: float = 1.0,
    diagonal: bool = False,
    dots: bool = False,
) -> Markup:
    """Points in [0, 1] × [0, ``y_top``] joined by a line; ``diagonal`` draws y = x behind it."""
    drawn = [_scaled(point, y_top) for point in points]
    parts = [_axes(x_label, y_label, y_top)]
    if diagonal:
        (x1, y1), (x2, y2) = _scaled((0, 0), y_top), _scaled((1, 1), y_top)
        parts.append(Markup('<line class="guide" x1="{}" y1="{}" x2="{}" y2="{}"/>').format(x1, y1, x2, y2))
    path = " ".join(f"{x},{y}" for x, y in drawn)
    parts.append(Markup('<polyline class="line series-0" points="{}"/>').format(path))
    if dots:
        parts += [_dot(at, f"{x:.2f}, {y:.2f}") for at, (x, y) in zip(drawn, points, strict=True)]
    return _figure(label, parts, HEIGHT)


def bar_chart(rows: Sequence[tuple[str, Sequence[float]]], *, label: str, series: Sequence[str], top: float) -> Markup:
    """A horizontal bar for each row and series, from 0 to ``top``; hovering tells the number."""
    step = _THIN_ROW * len(series) + _GAP
    parts: list[Markup] = []
    for position, (name, values) in enumerate(rows):
        base = _TOP + position * step
        parts.append(_text(2, base + _THIN_ROW * len(series) / 2 + 4, name))
        for offset, value in enumerate(values):
            said = f"{name}, {series[offset]}: {value:.3g}"
            y = base + offset * _THIN_ROW
            parts.append(_bar(y, value / top if top else 0, offset, said, height=_THIN_ROW, shown=f"{value:.3g}"))
    return _figure(label, parts, _TOP + len(rows) * step)


def stacked_chart(rows: Sequence[tuple[str, Sequence[float]]], *, label: str, series: Sequence[str]) -> Markup:
    """A horizontal bar a row, made of its series one after the other."""
    top = max((sum(values) for _, values in rows), default=0) or 1
    parts: list[Markup] = []
    for position, (name, values) in enumerate(rows):
        y, start = _TOP + position * _ROW, 0.0
        parts.append(_text(2, y + _ROW / 2 + 4, name))
        for offset, value in enumerate(values):
            said = f"{name}, {series[offset]}: {value:g}"
            parts.append(_bar(y, value / top, offset, said, height=_ROW, start=start / top))
            start += value
        parts.append(_text(_bar_x(start / top) + 6, y + _ROW / 2 + 4, f"{start:g}"))
    return _figure(label, parts, _TOP + len(rows) * _ROW + _ROW)


def standalone(chart: Markup) -> str:
    """The chart as a file of its own, with colours that can be seen on light and on dark."""
    head, opening, rest = chart.partition(">")
    return f"{head}{opening}<style>{_OWN_STYLE}</style>{rest}\n"


def _axes(x_label: str, y_label: str, y_top: float) -> Markup:
    parts = []
    for step in range(_TICKS + 1):
        share = step / _TICKS
        x, y = _scaled((share, share * y_top), y_top)
        floor = HEIGHT - _BOTTOM
        parts.append(Markup('<line class="grid" x1="{}" x2="{}" y1="{}" y2="{}"/>').format(_LEFT, WIDTH - _RIGHT, y, y))
        parts.append(_text(x, floor + 18, f"{share:g}", anchor="middle"))
        parts.append(_text(_LEFT - 8, y + 4, f"{share * y_top:.2g}", anchor="end"))
    parts.append(_text(_LEFT + _PLOT_WIDTH / 2, HEIGHT - 6, x_label, anchor="middle"))
    turned = Markup('<text class="label" transform="translate(14 {}) rotate(-90)" text-anchor="middle">{}</text>')
    parts.append(turned.format(_TOP + _PLOT_HEIGHT / 2, y_label))
    return Markup("").join(parts)


def _scaled(point: Point, y_top: float) -> Point:
    x, y = point
    return round(_LEFT + x * _PLOT_WIDTH, 1), round(_TOP + (1 - min(y / y_top, 1)) * _PLOT_HEIGHT, 1)


def _bar_x(share: float) -> float:
    return round(_BAR_LEFT + share * (WIDTH - _BAR_LEFT - 56), 1)


def _bar(
    y: float, share: float, series: int, said: str, *, height: float, shown: str = "", start: float = 0.0
) -> Markup:
    x, width = _bar_x(start), round(_bar_x(share) - _bar_x(0), 1)
    pattern = '<rect class="bar series-{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>'
    rectangle = Markup(pattern).format(series % COLOURS, x, y + 1, max(width, 0), height - 2, said)
    return rectangle + (_text(x + width + 6, y + height / 2 + 4, shown) if shown else Markup(""))


def _dot(at: Point, said: str) -> Markup:
    return Markup('<circle class="dot series-0" cx="{}" cy="{}" r="4"><title>{}</title></circle>').format(*at, said)


def _text(x: float, y: float, words: str, *, anchor: str = "start") -> Markup:
    return Markup('<text class="label" x="{}" y="{}" text-anchor="{}">{}</text>').format(x, y, anchor, words)


def _figure(label: str, parts: Sequence[Markup], height: float) -> Markup:
    head = Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg">').format(
        WIDTH, height, label
    )
    return head + Markup("").join(escape(part) for part in parts) + Markup("</svg>")
