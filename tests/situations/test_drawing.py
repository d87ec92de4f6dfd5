"""The picture of the map: nothing lies on anything else, and nothing is forgotten."""

import re
from itertools import combinations, pairwise
from math import hypot

import pytest
from hypothesis import given, strategies as st

from solmu.situations.drawing import ANGLES, CENTRE, HALF_GLYPH, INSIDE, LINE, MOST, Area, Item, draw, shorten, shown
from solmu.situations.rules import WEIGHTS, Change, compare

VIEWS = {"": "tbn", "v-t": "t", "v-b": "b", "v-n": "n", "v-nb": "nb", "v-tb": "tb"}
PLACE = re.compile(r"translate\(([\d.]+) ([\d.]+)\)(?: rotate\((-?\d+)\))? scale\(([\d.]+)\)")


def item(kind, then, now, words="words", compared=True):
    return Item(kind, words, then, now, compare(then, now) if compared else None, "eased")


@st.composite
def items(draw_from):
    kind = draw_from(st.sampled_from(["knot", "bond"]))
    weights = st.sampled_from(WEIGHTS[kind])
    words = draw_from(st.text("abcdefgh ", min_size=1, max_size=240).filter(str.strip))
    return item(kind, draw_from(st.none() | weights), draw_from(weights), words)


FELT = st.none() | st.integers(0, 10)
AREAS = st.lists(
    st.builds(Area, st.just("Money"), st.just("Money"), st.lists(items(), max_size=7).map(tuple), FELT, FELT),
    min_size=8,
    max_size=8,
)


def where(glyph):
    x, y, _turn, scale = PLACE.match(glyph.transform).groups()
    return float(x), float(y), float(scale)


def in_view(parts, view):
    return [part for part in parts if view in VIEWS[part.views]]


@given(AREAS, st.booleans(), st.sampled_from("tbn"))
def test_marks_lie_apart_in_every_view(areas, compared, view):
    placed = draw(areas, "Virta", compared=compared).areas
    marks = [where(glyph) for area in placed for glyph in in_view(area.glyphs, view)]
    for (x, y, scale), (other_x, other_y, other_scale) in combinations(marks, 2):
        apart = hypot(x - other_x, y - other_y)
        assert apart >= HALF_GLYPH * (scale + other_scale) - 0.2


@given(AREAS)
def test_marks_lie_between_the_family_and_the_domain(areas):
    for area in draw(areas, "Virta", compared=True).areas:
        for glyph in area.glyphs:
            x, y, scale = where(glyph)
            from_family = hypot(x - CENTRE[0], y - CENTRE[1])
            assert from_family - HALF_GLYPH * scale >= 50 and hypot(x - area.x, y - area.y) - HALF_GLYPH * scale >= 25


@given(AREAS, st.booleans())
def test_every_item_is_drawn_or_counted(areas, compared):
    for area, placed in zip(areas, draw(areas, "Virta", compared=compared).areas, strict=True):
        to_show = shown(area.items, compared=compared)
        assert len(placed.rows) == min(MOST, len(to_show))
        assert len(placed.rows) + placed.more == len(to_show)
        left_out = len(area.items) - len(to_show)
        assert left_out == sum(
            one.now in {"opened", "faded"} and (not compared or one.then == one.now) for one in area.items
        )


@given(AREAS, st.sampled_from("tbn"))
def test_each_view_shows_a_mark_or_an_unbroken_thread(areas, view):
    for placed in draw(areas, "Virta", compared=True).areas:
        marks, bridges = in_view(placed.glyphs, view), in_view(placed.threads[1:], view)
        assert len(marks) + len(bridges) == len(placed.rows)


@given(AREAS)
def test_words_are_shown_exactly_where_their_mark_is(areas):
    for placed in draw(areas, "Virta", compared=True).areas:
        for row in placed.rows:
            assert set(VIEWS[row.views]) == {view for glyph in row.glyphs for view in VIEWS[glyph.views]}


@given(AREAS)
def test_lines_of_words_never_meet(areas):
    placed = draw(areas, "Virta", compared=True).areas
    for side in (placed[:4], placed[4:]):
        lines = sorted(y for area in side for y in (area.title_y, *(row.y for row in area.rows)))
        assert all(below - above >= LINE - 5 for above, below in pairwise(lines))
        assert lines[0] >= 26 and lines[-1] <= 503


def test_the_left_half_reads_towards_the_family():
    areas = [Area("Money", "Money", (item("knot", "tight", "light"),)) for _ in ANGLES]
    placed = draw(areas, "Virta", compared=True).areas
    assert [area.anchor for area in placed] == ["start"] * 4 + ["end"] * 4
    turns = [int(PLACE.match(area.glyphs[0].transform)[3]) for area in placed]
    assert turns == [-66, -22, 22, 66, 294, 338, 382, 426]


@pytest.mark.parametrize(
    ("kind", "then", "now", "looks"),
    [
        ("knot", "tight", "tense", {("g-knot3", "v-t"), ("g-knot2", "v-nb")}),
        ("knot", "tense", "opened", {("g-knot2", "v-t"), ("g-open", "v-b")}),
        ("knot", "light", "light", {("g-knot1", "")}),
        ("bond", None, "carries", {("g-bondnew", "v-b"), ("g-bond", "v-n")}),
        ("bond", "carries", "faded", {("g-bond", "v-t"), ("g-bond", "v-b")}),
        ("knot", "opened", "light", {("g-knot1", "v-nb")}),
    ],
)
def test_each_view_has_its_own_drawing(kind, then, now, looks):
    areas = [Area("Money", "Money", (item(kind, then, now),))] + [Area("Home", "Home")] * 7
    glyphs = draw(areas, "Virta", compared=True).areas[0].glyphs
    assert {(glyph.symbol, glyph.views) for glyph in glyphs} == looks


def test_one_round_alone_has_one_view():
    money = Area("Money", "Money", (item("bond", None, "carries", compared=False),), None, 10)
    placed = draw([money] + [Area("Home", "Home")] * 7, "Virta", compared=False).areas[0]
    assert [(glyph.symbol, glyph.views) for glyph in placed.glyphs] == [("g-bond", "")]
    assert [(felt.number, felt.views) for felt in placed.feelings] == [(10, "")]
    assert not placed.tick


def test_the_ring_says_nothing_where_nobody_was_asked():
    placed = draw([Area("Money", "Money")] * 8, "Virta", compared=True).areas[0]
    assert placed.feelings == () and placed.tick == ""


def test_what_has_changed_is_said_and_what_has_not_is_quiet():
    areas = [Area("Money", "Money", (item("knot", "tight", "light"), item("knot", "light", "light")))]
    rows = draw(areas + [Area("Home", "Home")] * 7, "Virta", compared=True).areas[0].rows
    assert [row.change_words for row in rows] == ["eased", ""]
    assert Change.EASED == "eased"


def test_a_domain_with_a_long_name_is_called_by_its_short_one():
    placed = draw([Area("Language, work and all studies", "Language")] * 8, "Virta", compared=True).areas
    assert [area.label == "Language" for area in placed] == [False, True, True, False] * 2


@given(st.text(min_size=1, max_size=240), st.integers(1, 60))
def test_words_are_cut_to_their_room_and_only_then(words, room):
    cut = shorten(words, room)
    assert len(cut) <= max(room, 8)
    assert cut == words or cut.endswith("…")


@given(AREAS, st.booleans())
def test_the_same_map_is_drawn_the_same(areas, compared):
    assert draw(areas, "Virta", compared=compared) == draw(areas, "Virta", compared=compared)


@given(st.text("abcdeilmnoä -", min_size=1, max_size=60).filter(str.strip))
def test_the_familys_name_stays_inside_its_circle(name):
    for line, _height in draw([Area("Money", "Money", (), None, None)] * 8, name, compared=False).family:
        assert sum(5.5 if letter in "il " else 9.9 for letter in line) <= INSIDE
