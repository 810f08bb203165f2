"""What the benchmark makes of its samples: verdicts, ratios, pages and plots. It runs nothing itself."""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import tempfile
import xml.etree.ElementTree

import cases
import measure
import plot
import rate
import report
import rows


def run(wall, verdict="right", cpu=1.0):
    return {"wall": wall, "cpu": cpu, "rss_mib": 10, "requests": 1, "refused": 0, "fetched": 5, "bytes": verdict}


def test_the_best_peer_is_one_with_the_right_bytes():
    summary = measure.summarise({"bobbin": [run(2)], "curl": [run(1, "wrong")], "aria2": [run(4)]})
    assert summary["bobbin"]["wall_ratio"] == 0.5
    assert summary["curl"]["wall_ratio"] is None and summary["curl"]["bytes"] == "wrong (1 of 1)"


def test_medians_are_of_the_runs_with_the_right_bytes():
    summary = measure.summarise({"bobbin": [run(1), run(9, "missing"), run(3), run(2)]})
    assert summary["bobbin"]["wall"] == 2
    assert summary["bobbin"]["bytes"] == "missing (1 of 4)"


def test_what_is_missed_is_said():
    row = rows.Row("name", "title", size=1, wall=0.5, cpu=2.0, loop=1.05)
    summary = measure.summarise({"bobbin": [run(2.0)], "curl": [run(3.0)], "recv+pwrite": [run(1.95)]})
    assert [good for _, good in measure.judge(row, summary)] == [False, True, True]


def test_wrong_bytes_reach_nothing():
    row = rows.Row("name", "title", size=1, wall=0.5)
    summary = measure.summarise({"bobbin": [run(0.1, "wrong")], "curl": [run(3.0)]})
    assert measure.judge(row, summary) == [("wrong (1 of 1)", False)]


def test_only_what_is_between_the_marks_is_replaced():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "page.md")
        with open(path, "w", encoding="utf-8") as f:
            f.write("a\n<!-- bench:x -->\nold\n<!-- /bench:x -->\nb\n")
        assert report.replace_between(path, "x", "new\n") and not report.replace_between(path, "y", "new")
        with open(path, encoding="utf-8") as f:
            assert f.read() == "a\n<!-- bench:x -->\nnew\n<!-- /bench:x -->\nb\n"


def test_every_row_has_its_place_on_the_page():
    import bench
    page = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "docs", "performance.md")
    with open(page, encoding="utf-8") as f:
        text = f.read()
    for name in [row.name for row in rows.ROWS] + list(bench.OTHERS) + ["machine", "flags"]:
        assert f"<!-- bench:{name} -->" in text and f"<!-- /bench:{name} -->" in text, name


def test_a_straight_line_is_drawn_straight():
    for log in (True, False):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "plot.svg")
            plot.draw(path, "a < b", "x", "y", {"it": [(10, 20), (100, 200), (1000, 2000)], "~ideal": [(10, 20)]},
                      log_x=log, log_y=log)
            root = xml.etree.ElementTree.parse(path).getroot()
        places = [(float(c.get("cx")), float(c.get("cy"))) for c in root if c.tag.endswith("circle")]
        (x0, y0), (x1, y1), (x2, y2) = places
        assert len(places) == 3 and abs((y1 - y0) * (x2 - x0) - (y2 - y0) * (x1 - x0)) < 50
        assert all(0 < x < plot.WIDTH and 0 < y < plot.HEIGHT for x, y in places)


def test_a_rate_is_measured_between_two_looks():
    watched = rate.Watched.__new__(rate.Watched)
    watched.samples = [(t / 10, 1000 * t) for t in range(51)]  # 10,000 bytes a second
    assert abs(watched.mean(1.05, 2) - 10_000) < 1e-6
    assert abs(watched.worst_second(0, 5) - 10_000) < 1e-6
    assert rate.follow_change(watched, 1.0, 10_000, 5.0) == 0
    assert rate.follow_change(watched, 1.0, 20_000, 5.0) > 3


def test_a_file_with_holes_is_as_long_as_it_should_be():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "below", "file")
        rows.make_sparse(path, 40 * rows.MIB + 3)
        assert os.path.getsize(path) == 40 * rows.MIB + 3
        assert os.stat(path).st_blocks * 512 < rows.MIB


cases.run()
