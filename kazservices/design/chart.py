"""The geometry of the trend chart: shares as a line above, counts as bars below; the template only prints it."""

from dataclasses import dataclass
from math import floor

from .pieces import TrendPoint

WIDTH, HEIGHT = 960, 260
LEFT, RIGHT = 56, 16
LINE_TOP, LINE_BOTTOM = 24, 160
BARS_TOP, BARS_BOTTOM = 186, 228


@dataclass(frozen=True)
class Mark:
    """A point of the chart with its bar, in the chart's own units."""

    point: TrendPoint
    x: float
    y: float | None
    bar_x: float
    bar_y: float
    bar_width: float
    bar_height: float
    low: bool
    labelled: bool

    @property
    def above_y(self) -> float:
        return self.bar_y - 5

    @property
    def note_y(self) -> float:
        return (self.y or LINE_TOP) + 18


@dataclass(frozen=True)
class Gridline:
    y: float
    share: float


@dataclass(frozen=True)
class Chart:
    marks: list[Mark]
    grid: list[Gridline]
    lines: list[str]
    target: float
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right_edge: int = WIDTH - RIGHT
    label_y: int = BARS_BOTTOM + 18


def draw(points: list[TrendPoint], *, target: float) -> Chart:
    """Lay the points out; a point below the target is marked, and so printed with its number."""
    floor_share = _floor(points, target)
    most = max((point.count for point in points), default=0) or 1
    slot = (WIDTH - LEFT - RIGHT) / max(len(points), 1)
    every = max(1, -(-len(points) // 18))
    marks = [
        Mark(
            point=point,
            low=point.share is not None and point.share < target,
            labelled=place % every == 0,
            y=None if point.share is None else _y(point.share, floor_share),
            **_bar(LEFT + slot * (place + 0.5), slot, point.count / most),
        )
        for place, point in enumerate(points)
    ]
    steps = [floor_share + (100 - floor_share) * part / 4 for part in range(5)]
    grid = [Gridline(_y(share, floor_share), share) for share in steps]
    return Chart(marks, grid, list(_lines(marks)), target)


def _bar(x, slot, part):
    height = round((BARS_BOTTOM - BARS_TOP) * part, 1)
    width = round(min(40, slot * 0.56), 1)
    return {
        "x": round(x, 1),
        "bar_x": round(x - width / 2, 1),
        "bar_y": round(BARS_BOTTOM - height, 1),
        "bar_width": width,
        "bar_height": height,
    }


def _floor(points, target):
    """The lowest line of the grid: at least eight per cent of room, in even steps of four."""
    lowest = min([point.share for point in points if point.share is not None] + [target, 96])
    return max(0, 4 * floor(lowest / 4))


def _y(share, floor_share):
    part = (share - floor_share) / (100 - floor_share)
    return round(LINE_BOTTOM - part * (LINE_BOTTOM - LINE_TOP), 1)


def _lines(marks):
    """One polyline for each unbroken run of shares."""
    run = []
    for mark in [*marks, None]:
        if mark is not None and mark.y is not None:
            run.append(f"{mark.x},{mark.y}")
        elif run:
            yield " ".join(run)
            run = []
