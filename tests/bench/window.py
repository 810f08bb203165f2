"""window: what the window costs, and how long it lets one wait, beside a bare libadwaita window."""
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import shutil
import statistics
import subprocess
import sys

import measure
import peers
import rows
from report import Section

MANY_ROWS = 100_000
ADDED = 10_000
ACTIVE = 200
WAITING = 1_000
HERE = os.path.dirname(os.path.abspath(__file__))


def run_task(bench, task, **args):
    """Under a screen and a session of its own; its home is where the files are."""
    headless = os.path.join(HERE, "..", "support", "headless")
    args = {"window": bench.tool("bobbin-window"), "bare": bench.tool("bare-window"),
            "fill": bench.tool("fill-journal"), "bobbin": os.path.join(bench.build, "src", "ui", "bobbin"),
            "seconds": 3, "settle_s": 2, **args}
    command = [headless, "--", sys.executable, os.path.join(HERE, "inside.py"), task, json.dumps(args)]
    env = {**os.environ, "TMPDIR": bench.data, "PYTHONDONTWRITEBYTECODE": "1"}
    out = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if out.returncode:
        raise RuntimeError(f"{task}: {out.stderr[-2000:]}")
    return json.loads(out.stdout.strip().splitlines()[-1])


def median(runs, *path):
    values = []
    for run in runs:
        for key in path:
            run = run[key]
        values.append(run)
    return statistics.median(values)


def run_cost(bench, rounds, size):
    """Both with the window's own settings: eight connections, the journal on."""
    row = rows.Row("window-cost", "", size=size, segments=8)
    sums = measure.sum_row(bench, row)
    call = peers.bobbin(bench.cli)
    cli, gui = [], []
    for _ in range(rounds):
        bench.server.take_counts()
        cli.append(measure.Run(bench, row, call, bench.server).finish(sums))
        gui.append(run_task(bench, "cost", url=row.urls(bench.server)[0]))
    shutil.rmtree(os.path.join(bench.data, row.folder()))
    right = all(run["sum"] == next(iter(sums.values())) for run in gui)
    lines = [[name, f"{median(runs, 'wall'):.2f}", f"{median(runs, 'cpu'):.2f}"]
             for name, runs in (("command line", cli), ("window", gui))]
    ratio = median(gui, "cpu") / median(cli, "cpu")
    goals = [(f"window's CPU {ratio:.2f} of at most 1.15 × the command line's", ratio <= 1.15),
             (f"the bytes are {'right' if right else 'wrong'}", right)]
    title = f"One file of {size / rows.GIB:g} GiB by the window and by the command line, eight connections"
    return [Section(title, ["", "wall s", "CPU s"], lines, goals)], {"cli": cli, "window": gui}


def measure_round(bench, copies, slow):
    """Bare and Bobbin's windows take turns."""
    return {
        "bare": run_task(bench, "bare"),
        "empty": run_task(bench, "start", rows=0),
        "full": run_task(bench, "start", rows=MANY_ROWS),
        "active": run_task(bench, "active", rows=MANY_ROWS, active=ACTIVE, slow=slow, seconds=8),
        "busy": run_task(bench, "busy", waiting=WAITING, copies=copies, seconds=8),
        "many": run_task(bench, "many", rows=ADDED, slow=slow, seconds=4),
    }


def run_figures(bench, rounds):
    """At most three rounds: each wait is a matter of hundreds of beats already."""
    rounds = min(rounds, 3)
    rows.make_sparse(os.path.join(bench.data, "window", "f00000.bin"), 256 * rows.MIB)
    # Its space is taken at once for each of many: no larger than what arrives in the time.
    rows.make_sparse(os.path.join(bench.data, "slow", "f00000.bin"), 8 * rows.MIB)
    host = f"http://127.0.0.1:{bench.server.plain}"
    runs = []
    for number in range(rounds):
        runs.append(measure_round(bench, f"{host}/copies/window", f"{host}/slow/slow"))
        print(f"  window: round {number + 1} of {rounds}", file=sys.stderr, flush=True)
    return [start_section(runs), wait_section(runs)], runs


def start_section(runs):
    columns = ["", "first frame ms", "with rows ms", "memory MiB", "wake-ups a second, idle"]
    lines = [[title, f"{median(runs, key, 'first_ms'):.0f}", f"{median(runs, key, 'full_ms'):.0f}",
              f"{median(runs, key, 'rss_mib'):.0f}", f"{median(runs, key, 'wake_ups'):.1f}"]
             for key, title in (("bare", "bare window"), ("empty", "Bobbin, empty list"),
                                ("full", f"Bobbin, {MANY_ROWS:,} rows"))]
    bare = median(runs, "bare", "first_ms")
    empty, full = (median(runs, key, "first_ms") / bare for key in ("empty", "full"))
    quiet = median(runs, "full", "wake_ups") - median(runs, "bare", "wake_ups")
    goals = [(f"first frame {empty:.2f} of at most 1.50 × the bare window's", empty <= 1.5),
             (f"with {MANY_ROWS:,} rows {full:.2f} of at most 2.00 ×", full <= 2),
             (f"idle: {quiet:+.1f} wake-ups a second beside the bare window's", quiet < 0.5)]
    return Section("The window's start, beside a bare libadwaita window", columns, lines, goals)


def wait_section(runs):
    cases = ((("active",), f"{ACTIVE} active of {MANY_ROWS:,}, at 10 Hz"),
             (("busy",), f"5 at full loopback speed, {WAITING:,} wait"),
             (("many", "add"), f"adding {ADDED:,}"), (("many", "remove"), f"removing {ADDED:,}"),
             (("many", "scroll"), f"scrolling {ADDED:,} rows"))
    columns = ["", "UI thread, % of a core", "waits for a core, %", "wait p50 ms", "p99", "worst",
               "of which own work at most", "frame p50 ms", "p99"]
    lines, worst = [], {}
    for path, title in cases:
        share = 100 * statistics.median(_at(r, path)["thread_cpu"] / _at(r, path)["seconds"] for r in runs)
        queue = 100 * statistics.median(_at(r, path)["queued_s"] / _at(r, path)["seconds"] for r in runs)
        late = {k: median(runs, *path, "late_ms", k) for k in ("p50", "p99", "worst")}
        frame = {k: median(runs, *path, "frame_ms", k) for k in ("p50", "p99")}
        worst[path[-1]] = {"share": share, "frame": frame["p50"], **late}
        lines.append([title, f"{share:.1f}", f"{queue:.1f}", *(f"{late[k]:.1f}" for k in late),
                      f"{median(runs, *path, 'work_ms', 'worst'):.1f}", *(f"{frame[k]:.1f}" for k in frame)])
    return Section("How long the window lets one wait", columns, lines, wait_goals(worst))


def _at(run, path):
    for key in path:
        run = run[key]
    return run


def wait_goals(w):
    goals = [(f"{ACTIVE} active: {w['active']['share']:.1f} of at most 12 % of a core", w["active"]["share"] <= 12),
             (f"{ACTIVE} active: median wait {w['active']['p50']:.1f} of at most 1 ms", w["active"]["p50"] <= 1)]
    for key, title in (("active", f"{ACTIVE} active"), ("busy", "5 at full speed")):
        goals += [(f"{title}: p99 {w[key]['p99']:.1f} of at most 16 ms", w[key]["p99"] <= 16),
                  (f"{title}: worst {w[key]['worst']:.1f} of at most 50 ms", w[key]["worst"] <= 50)]
    goals += [(f"{key} {ADDED:,}: worst {w[key]['worst']:.1f} of at most 30 ms", w[key]["worst"] <= 30)
              for key in ("add", "remove")]
    goals.append((f"scrolling: median frame {w['scroll']['frame']:.1f} of at most 8 ms", w["scroll"]["frame"] <= 8))
    return goals
