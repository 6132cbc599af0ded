"""Charts: lengths in proportion, nothing drawn for what is not shown, both drawings named for a screen reader."""

import re
from datetime import date

import pytest

from sojourn.stages.publish.charts.bars import Bar, bars
from sojourn.stages.publish.charts.composition import Part, composition
from sojourn.stages.publish.charts.curve import Curve, curves
from sojourn.stages.publish.charts.pyramid import pyramid
from sojourn.stages.publish.charts.svg import NARROW, WIDE, Scale, framed, round_step, short
from sojourn.stages.publish.charts.timeline import Interval, Window, timeline
from sojourn.stages.publish.charts.waterfall import Step, floor, place, waterfall

WIDTHS = pytest.mark.parametrize("width", [WIDE, NARROW])


def widths(shapes, style):
    """Widths of the rectangles of a style, in order."""
    return [float(found) for found in re.findall(rf'<rect [^>]*width="([\d.]+)"[^>]*class="{style}"', "".join(shapes))]


@WIDTHS
def test_bars_are_in_proportion(width):
    shapes, height = bars([Bar("a", 100, "100"), Bar("b", 50, "50"), Bar("c", 0, "0")], width)
    first, second, third = widths(shapes, "s0")
    assert first == pytest.approx(2 * second, abs=0.2) and third == 0 and height > 0


@WIDTHS
def test_a_value_that_is_not_shown_has_no_bar(width):
    shapes, _ = bars([Bar("a", 100, "100"), Bar("b", None, "c")], width)
    assert len(widths(shapes, "s0")) == 1
    assert any(">c</text>" in each and 'class="sign"' in each for each in shapes)


@WIDTHS
def test_bars_stay_on_the_page(width):
    shapes, _ = bars([Bar("a long label of a category " * 3, 1e9, "1,000,000,000", 8e8, 1.3e9)], width)
    drawn = [float(x) for x in re.findall(r'x2?="([\d.]+)"', "".join(shapes))]
    assert max(drawn) <= width


def test_composition_fills_the_width():
    shapes, _ = composition([Part("a", 75, "s0"), Part("b", 25, "s1")], WIDE)
    assert widths(shapes, "s0")[0] + widths(shapes, "s1")[0] == pytest.approx(WIDE, abs=4)
    assert "75.0%" in "".join(shapes)


@WIDTHS
def test_pyramid_marks_what_it_does_not_show(width):
    counts = {("male", "0-4", "native_born"): 10.0, ("female", "0-4", "native_born"): 5.0, ("female", "0-4", "foreign_born"): None}
    shapes, _ = pyramid(counts, ["0-4"], {"male": "Men", "female": "Women"}, "c", width)
    left, right = widths(shapes, "s3")
    assert left == pytest.approx(2 * right, abs=0.2)
    assert sum(">c</text>" in each for each in shapes) == 1


def test_waterfall_levels():
    steps = [Step("o", 100, "100", True), Step("b", 20, "+20"), Step("d", -50, "-50"), Step("c", 70, "70", True)]
    assert [(each.low, each.high) for each in place(steps)] == [(0, 100), (100, 120), (70, 120), (0, 70)]
    assert floor(place(steps)) == 0


def test_waterfall_cuts_the_axis_only_where_changes_would_vanish():
    steps = [Step("o", 1_000_000, "", True), Step("b", 20, ""), Step("c", 1_000_020, "", True)]
    assert 999_000 < floor(place(steps)) < 1_000_000


@WIDTHS
def test_waterfall_step_that_is_not_shown_moves_nothing(width):
    steps = [Step("o", 100, "100", True), Step("b", None, "c"), Step("d", -10, "-10"), Step("e", 93, "93", True)]
    assert [(each.low, each.high) for each in place(steps)][2] == (90, 100)
    shapes, _ = waterfall(steps, width)
    assert len(widths(shapes, "stock")) == 2 and widths(shapes, "gain") == []


@WIDTHS
def test_curves_draw_steps_inside_the_frame(width):
    shapes, height = curves([Curve("a", [(0, 1.0), (1, 0.5), (2, 0.25)], "s0")], 1.0, True, "days", width)
    (path,) = [each for each in shapes if 'class="curve s0"' in each]
    points = [tuple(map(float, each.split())) for each in re.search('d="M([^"]+)"', path).group(1).split(" L")]
    assert len(points) == 5 and all(0 <= x <= width and 0 <= y <= height for x, y in points)
    assert points[0][1] < points[-1][1]


def test_timeline_shows_days_abroad_as_a_low_bar():
    window = Window(date(2016, 1, 1), date(2017, 1, 1), date(2016, 1, 1), date(2017, 1, 1))
    lives = [("A", [Interval(date(2016, 1, 1), date(2016, 7, 1), True, "resident"), Interval(date(2016, 7, 1), date(2017, 1, 1), False, "absent")])]
    drawn = "".join(timeline(lives, window, WIDE)[0])
    heights = {style: float(re.search(rf'height="([\d.]+)" class="{style}"', drawn).group(1)) for style in ("s0", "s3")}
    assert heights["s0"] > 2 * heights["s3"]


def test_both_drawings_are_named_and_described():
    text = framed("x", "A & B", "what <it> shows", lambda width: ([], 10))
    assert text.count('role="img"') == 2
    for width in ("wide", "narrow"):
        assert f'aria-labelledby="x-{width}-title x-{width}-desc"' in text and f'<title id="x-{width}-title">A &amp; B</title>' in text
    assert "what &lt;it&gt; shows" in text


def test_ticks_are_round_and_inside():
    assert Scale(0, 97, 0, 1).ticks(5) == [0, 20, 40, 60, 80]
    assert Scale(5_440_000, 5_560_000, 0, 1).ticks(6) == [5_440_000, 5_460_000, 5_480_000, 5_500_000, 5_520_000, 5_540_000, 5_560_000]
    assert Scale(0, 2, 0, 1).ticks(4, least=1) == [0, 1, 2]
    assert Scale(3, 3, 0, 10)(3) == 0
    assert round_step(0) == 1


@pytest.mark.parametrize(("value", "expected"), [(1200, "1,200"), (5_525_000, "5.525M"), (-2e6, "\N{MINUS SIGN}2M"), (0.5, "0.5")])
def test_short_numbers(value, expected):
    assert short(value) == expected
