"""The report in a real browser, at the widths of a desk and of a phone: nothing overflows, charts can be read.

The page stands in a frame of the width asked for, since a headless window cannot be made as narrow as a phone. A script
in the frame around it (the page has none) measures what the browser has laid out and writes it down as JSON.
"""

import html
import json
import re
import shutil
import subprocess

import pytest

from sojourn.stages.publish import publish
from tests.unit.sample_report import sample

pytestmark = pytest.mark.browser

DESK, PHONE = 1280, 390
FLAGS = "--headless --no-sandbox --disable-gpu --no-first-run --disable-background-networking --allow-file-access-from-files".split()
MEASURE = """<!doctype html><body style="margin:0"><iframe id="page" src="{page}" style="border:0;width:{width}px;height:12000px"></iframe>
<pre id="found"></pre><script>
const frame = document.getElementById("page");
function measure() {{
  const page = frame.contentDocument, charts = [...page.querySelectorAll("svg.chart")].filter(c => c.getClientRects().length);
  const texts = charts.flatMap(c => [...c.querySelectorAll("text")].map(t => {{
    const box = t.getBoundingClientRect(), around = c.getBoundingClientRect();
    const size = parseFloat(frame.contentWindow.getComputedStyle(t).fontSize) * around.width / c.viewBox.baseVal.width;
    return {{words: t.textContent, size: size, out: Math.max(around.left - box.left, box.right - around.right)}};
  }}));
  document.getElementById("found").textContent = JSON.stringify({{
    overflow: page.documentElement.scrollWidth - {width}, figures: page.querySelectorAll("figure").length, charts: charts.length,
    narrow: charts.filter(c => c.classList.contains("narrow")).length, texts: texts,
    tables: [...page.querySelectorAll("figure")].filter(f => f.querySelector("table tbody tr")).length,
  }});
}}
frame.onload = measure;
</script></body>"""


@pytest.fixture(scope="module")
def browser():
    found = shutil.which("chromium")
    if not found:
        pytest.skip("NO BROWSER: chromium is not installed, the report was not looked at; ./dev system installs it")
    return found


def run(browser, *arguments):
    done = subprocess.run([browser, *FLAGS, *map(str, arguments)], capture_output=True, timeout=120, check=True)
    return done.stdout.decode("utf-8")


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return publish(sample(), tmp_path_factory.mktemp("report"))[0]


@pytest.fixture(scope="module", params=[DESK, PHONE])
def measured(request, browser, report):
    """(width, what the browser laid out)."""
    frame = report.parent / f"frame-{request.param}.html"
    frame.write_text(MEASURE.format(page=report.name, width=request.param), encoding="utf-8")
    dom = run(browser, "--virtual-time-budget=5000", "--dump-dom", f"--window-size={max(request.param, 500)},2000", frame.as_uri())
    found = re.search(r'<pre id="found">(.*?)</pre>', dom, re.S)
    return request.param, json.loads(html.unescape(found.group(1)))


def test_nothing_is_wider_than_the_page(measured):
    _, found = measured
    assert found["overflow"] <= 0


def test_each_figure_shows_one_drawing_of_its_width(measured):
    width, found = measured
    assert found["figures"] == found["charts"] == found["tables"] > 10
    assert found["narrow"] == (found["charts"] if width == PHONE else 0)


def test_words_in_charts_can_be_read(measured):
    _, found = measured
    small = [each for each in found["texts"] if each["size"] < 11]
    outside = [each for each in found["texts"] if each["out"] > 1]
    assert len(found["texts"]) > 100 and not small and not outside


def test_every_printed_page_is_stamped(browser, report):
    """The print is a PDF with a margin box on each page; the text of a PDF is not looked into here."""
    target = report.with_suffix(".pdf")
    run(browser, "--no-pdf-header-footer", f"--print-to-pdf={target}", report.as_uri())
    assert target.read_bytes().startswith(b"%PDF") and target.stat().st_size > 50_000
    style = report.read_text(encoding="utf-8")
    assert re.search(r"@page \{[^}]*@top-center \{ content: \"INTERNAL, NOT PROTECTED\"", style)
