"""Where everything of the life-situation map stands in its picture. Pure and deterministic.

The family is in the middle, eight domains around it, a thread to each, knots and bonds on the thread. One picture
holds three views (then, change, now): each part carries the class of the views that show it, and the page's style
sheet shows one at a time. Coordinates are those of the wide picture; the narrow one is a window into the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians, sin

from solmu.situations.rules import BOND, KNOT, LIGHT, TENSE, TIGHT, UNSAID, Change, is_open, shown_first

INSIDE = 84  # of the family's circle, at the height of its name
CENTRE = (520.0, 262.0)
RADIUS = 216
THREAD = (54, 190)
NODE, FAMILY = 26, 50
ANGLES = (-66, -22, 22, 66, 114, 158, 202, 246)
"""Clockwise from the upper right, in degrees from three o'clock."""
WIDE, NARROW = "0 14 1040 496", "240 -8 560 540"
MOST = 4
"""Marks that fit on a thread; the rest are counted in words."""

HALF_GLYPH = 24
LINE = 23
_LETTER = 8.1  # mean width of a letter of a label; a label is cut rather than let out of the picture
_NUMBERS = 96  # room for `4, as before` beside a domain's name
_STEPS = {1: (0, 0.72), 2: (46, 0.72), 3: (42, 0.72), 4: (34, 0.68)}  # marks on a thread: step between them, scale
_HIGHEST, _LOWEST = 26, 503  # lines of labels stay between these
_KNOTS = {UNSAID: "g-knot1", LIGHT: "g-knot1", TENSE: "g-knot2", TIGHT: "g-knot3"}
_VIEWS = {"tbn": "", "bn": "v-nb", "tb": "v-tb", "t": "v-t", "b": "v-b", "n": "v-n"}


@dataclass(frozen=True, slots=True)
class Item:
    """A knot or a bond to be drawn. `change` is None when there is only one round."""

    kind: str
    words: str
    then: str | None
    now: str
    change: Change | None = None
    change_words: str = ""


@dataclass(frozen=True, slots=True)
class Area:
    """A domain of life with its items and the family's own 0–10, then and now."""

    label: str
    short: str
    items: tuple[Item, ...] = ()
    felt_then: int | None = None
    felt_now: int | None = None


@dataclass(frozen=True, slots=True)
class Glyph:
    """A knot or braid: which drawing, in which ink, in which views, where."""

    symbol: str
    ink: str
    views: str
    transform: str

    @property
    def top(self) -> str:
        """Where the symbol's own box begins, so that its thread runs through the point it is placed at."""
        return "-16.5" if self.symbol == "g-bond" else "-22"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line, in which views."""

    d: str
    views: str = ""


@dataclass(frozen=True, slots=True)
class Feeling:
    """The family's own 0–10 in the ring, in which views."""

    arc: str
    number: int
    views: str


@dataclass(frozen=True, slots=True)
class Row:
    """The words of one mark beside the map."""

    x: float
    y: float
    glyphs: tuple[Glyph, ...]
    words: str
    views: str
    change_words: str
    is_new: bool

    @property
    def isolated(self) -> str:
        """The words in isolating marks, so that what follows keeps its own direction of writing."""
        return f"\u2068{self.words}\u2069"


@dataclass(frozen=True, slots=True)
class Placed:
    """One domain, drawn."""

    label: str
    short: str
    x: float
    y: float
    threads: tuple[Stroke, ...]
    glyphs: tuple[Glyph, ...]
    feelings: tuple[Feeling, ...]
    tick: str
    title_x: float
    title_y: float
    anchor: str
    short_y: float
    rows: tuple[Row, ...]
    more: int
    felt_then: int | None
    felt_now: int | None


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole map, drawn."""

    areas: tuple[Placed, ...]
    family: tuple[tuple[str, float], ...]
    """The lines of the family's name with their heights."""
    compared: bool
    wide: str = WIDE
    narrow: str = NARROW


def draw(areas: Sequence[Area], family: str, *, compared: bool) -> Picture:
    """The picture of eight domains; `compared`: two rounds lie over each other, else there is only now."""
    placed = tuple(_place(area, angle, compared) for area, angle in zip(areas, ANGLES, strict=True))
    return Picture(placed, _name(family), compared)


def shown(items: Sequence[Item], *, compared: bool) -> list[Item]:
    """The items that any view has something to draw of, first those that fit on the thread."""
    alive = [item for item in items if any(_looks(item, compared=compared).values())]
    order = shown_first([item.kind for item in alive], MOST)
    rest = [place for place in range(len(alive)) if place not in order]
    return [alive[place] for place in order + rest]


def _place(area: Area, angle: int, compared: bool) -> Placed:
    items = shown(area.items, compared=compared)
    drawn, more = items[:MOST], max(0, len(items) - MOST)
    x, y = _at(angle, RADIUS)
    flips = _flips(angle)
    side = -1 if flips else 1
    title_x = round(x + side * 42, 1)
    title_y = round(min(max(y + 2 - LINE * len(drawn) / 2, _HIGHEST), _LOWEST - LINE * len(drawn)), 1)
    threads, glyphs = _thread(drawn, angle, compared)
    room = (1040 - title_x if side > 0 else title_x) - _NUMBERS
    return Placed(
        label=area.label if _wide(area.label) <= room else area.short,
        short=area.short,
        x=x,
        y=y,
        threads=threads,
        glyphs=glyphs,
        feelings=tuple(_feelings(area, x, y, compared)),
        tick=_tick(area.felt_then, x, y) if compared and area.felt_then is not None else "",
        title_x=title_x,
        title_y=title_y,
        anchor="end" if flips else "start",
        short_y=round(y + (56 if y > CENTRE[1] else -40), 1),
        rows=tuple(_rows(drawn, title_x, title_y, side, compared)),
        more=more,
        felt_then=area.felt_then,
        felt_now=area.felt_now,
    )


# Marks on a thread


def _looks(item: Item, *, compared: bool) -> dict[str, tuple[str, str] | None]:
    """The drawing and ink of an item in each view: t then, b change, n now; None where it is not there."""
    now = _look(item.kind, item.now)
    if not compared:
        return {"t": now, "b": now, "n": now}
    return {"t": _look(item.kind, item.then), "b": _trace(item) or now, "n": now}


def _look(kind: str, weight: str | None) -> tuple[str, str] | None:
    if not is_open(weight):
        return None
    return (_KNOTS[weight], "lm-k") if kind == KNOT else ("g-bond", "lm-b")


def _trace(item: Item) -> tuple[str, str] | None:
    """What only the view of change shows: a knot that was opened, a bond that is new or has faded."""
    if item.change is Change.OPENED:
        return "g-open", "lm-o"
    if item.change is Change.FADED:
        return "g-bond", "lm-o"
    if item.change is Change.NEW and item.kind == BOND:
        return "g-bondnew", "lm-b"
    return None


def _by_look(looks: dict[str, tuple[str, str] | None]) -> Iterator[tuple[tuple[str, str] | None, str]]:
    """Each different look with the class of the views that have it."""
    for look in dict.fromkeys(looks.values()):
        views = "".join(view for view in "tbn" if looks[view] == look)
        for group in [views] if views in _VIEWS else list(views):
            yield look, _VIEWS[group]


def _thread(items: Sequence[Item], angle: int, compared: bool) -> tuple[tuple[Stroke, ...], tuple[Glyph, ...]]:
    gaps: list[Stroke] = []
    glyphs: list[Glyph] = []
    step, scale = _STEPS.get(len(items), (0, 0.72))
    middle, half = sum(THREAD) / 2 - 1, HALF_GLYPH * scale
    # Drawings stand upright: on the left half they run towards the family.
    turn = angle + 180 if _flips(angle) else angle
    line, start = [], THREAD[0]
    for place, item in enumerate(items):
        at = middle + (place - (len(items) - 1) / 2) * step
        x, y = _at(angle, at)
        line.append(_segment(angle, start, at - half))
        start = at + half
        for look, views in _by_look(_looks(item, compared=compared)):
            if look is None:
                gaps.append(Stroke(_segment(angle, at - half, at + half), views))
            else:
                glyphs.append(Glyph(*look, views, f"translate({x} {y}) rotate({turn}) scale({_plain(scale)})"))
    line.append(_segment(angle, start, THREAD[1]))
    return (Stroke("".join(line)), *gaps), tuple(glyphs)


# The ring


def _feelings(area: Area, x: float, y: float, compared: bool) -> Iterator[Feeling]:
    if compared and area.felt_then is not None:
        yield Feeling(_arc(area.felt_then, x, y), area.felt_then, "v-t")
    if area.felt_now is not None:
        yield Feeling(_arc(area.felt_now, x, y), area.felt_now, "v-nb" if compared else "")


def _arc(value: int, x: float, y: float) -> str:
    """The part of the ring that stands for `value` of ten, clockwise from the top."""
    if value == 0:
        return ""
    top = f"M{x} {round(y - NODE, 1)}"
    if value == 10:
        return f"{top}A{NODE} {NODE} 0 1 1 {x} {round(y + NODE, 1)}A{NODE} {NODE} 0 1 1 {x} {round(y - NODE, 1)}"
    end_x, end_y = _on_ring(value, x, y, NODE)
    return f"{top}A{NODE} {NODE} 0 {int(value > 5)} 1 {end_x} {end_y}"


def _tick(value: int, x: float, y: float) -> str:
    (from_x, from_y), (to_x, to_y) = _on_ring(value, x, y, NODE - 6), _on_ring(value, x, y, NODE + 6)
    return f"M{from_x} {from_y}L{to_x} {to_y}"


def _on_ring(value: int, x: float, y: float, radius: float) -> tuple[float, float]:
    turn = radians(value * 36)
    return round(x + radius * sin(turn), 1), round(y - radius * cos(turn), 1)


# Words beside the map


def _rows(items: Sequence[Item], title_x: float, title_y: float, side: int, compared: bool) -> Iterator[Row]:
    words_x = round(title_x + side * 36, 1)
    room = (1040 - words_x if side > 0 else words_x) / _LETTER
    for place, item in enumerate(items):
        y = round(title_y + LINE * (place + 1), 1)
        looks = {view: _in_words(look) for view, look in _looks(item, compared=compared).items()}
        glyphs = tuple(
            Glyph(*look, views, f"translate({round(title_x + side * 14, 1)} {round(y - _sits(look[0]), 1)}) scale(.6)")
            for look, views in _by_look(looks)
            if look is not None
        )
        said = item.change_words if compared and item.change is not Change.UNCHANGED else ""
        yield Row(
            x=words_x,
            y=y,
            glyphs=glyphs,
            words=shorten(item.words, int(room) - (len(said) + 3 if said else 0)),
            views=_VIEWS["".join(view for view in "tbn" if looks[view])],
            change_words=said,
            is_new=item.change is Change.NEW and item.kind == BOND,
        )


def _in_words(look: tuple[str, str] | None) -> tuple[str, str] | None:
    """Beside its words a new bond needs no plus."""
    return ("g-bond", look[1]) if look and look[0] == "g-bondnew" else look


def _sits(symbol: str) -> float:
    """How far above the line of words a mark's thread runs, so that mark and words look level."""
    return 5 if symbol == "g-bond" else 2.5


def shorten(words: str, room: int) -> str:
    """The words, or their beginning up to a word's end when they do not fit; the whole is below the picture."""
    room = max(room, 8)
    if len(words) <= room:
        return words
    cut = words[: room - 1]
    at_space = cut.rsplit(" ", 1)[0]
    return f"{(at_space if len(at_space) > room // 2 else cut).rstrip(' ,.;:–-')}…"


def _wide(label: str) -> float:
    """About how wide a domain's name is: a letter such as i or t takes half the room of others."""
    return sum(5.5 if letter in "iljtf,. " else 9.9 for letter in label)


def _name(family: str) -> tuple[tuple[str, float], ...]:
    """The family's name on at most two lines inside the circle."""
    words = family.split()
    if len(words) < 2:
        return ((_inside(family), CENTRE[1] + 6),)
    half = (len(words) + 1) // 2
    lines = " ".join(words[:half]), " ".join(words[half:])
    return tuple((_inside(line), CENTRE[1] + height) for line, height in zip(lines, (-6, 18), strict=True))


def _inside(line: str) -> str:
    """The line, or as much of it as fits into the circle."""
    shorter = (shorten(line, room) for room in range(11, 7, -1))
    return next((words for words in shorter if _wide(words) <= INSIDE), shorten(line, 8))


# Geometry


def _flips(angle: int) -> bool:
    return cos(radians(angle)) < 0


def _at(angle: int, distance: float) -> tuple[float, float]:
    """The point so far from the family in a direction."""
    turn = radians(angle)
    return round(CENTRE[0] + distance * cos(turn), 1), round(CENTRE[1] + distance * sin(turn), 1)


def _segment(angle: int, start: float, end: float) -> str:
    (from_x, from_y), (to_x, to_y) = _at(angle, start), _at(angle, end)
    return f"M{from_x} {from_y}L{to_x} {to_y}"


def _plain(number: float) -> str:
    return f"{number:g}".lstrip("0")
