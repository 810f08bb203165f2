"""growth: how cost grows with connections, files, bytes and rows; a plot of each."""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import shutil
import statistics
import sys

import measure
import peers
import plot
import rows
import servers
import window
from report import Section


def median(runs, key):
    return statistics.median(run[key] for run in runs)


def repeat(bench, rounds, points, run_one):
    """{point: [results]}; the points take turns."""
    found = {point: [] for point in points}
    for _ in range(rounds):
        for point in points:
            found[point].append(run_one(point))
            bad = found[point][-1].get("bytes", "right")
            if bad != "right":
                raise RuntimeError(f"{point}: {bad}")
    print(f"  growth: {len(points)} points", file=sys.stderr, flush=True)
    return found


def straight(points):
    """From the first point to the last: what it costs to start, and as much again for each."""
    (x0, y0), (x1, y1) = min(points), max(points)
    return [(x, y0 + (y1 - y0) * (x - x0) / (x1 - x0)) for x, _ in points]


def grow_connections(bench, rounds, plots):
    """Each connection is paced, so that each should bring as much as the first."""
    rate, seconds = rows.MIB, 4

    def run_one(n):
        # One download takes 32 connections at most.
        files = 1 if n <= 32 else 2
        row = rows.ShapedRow("growth", "", query=f"rate={rate}", patience=60, size=n * rate * seconds // files)
        row.segments, row.parallel, row.count = n // files, files, files
        server = servers.Hostile(bench.build)
        row.urls = lambda s: [f"{s.address}/bytes/{row.size}/f{i:05}.bin?seed={row.size}&etag=e&{row.query}"
                              for i in range(files)]
        run = measure.Run(bench, row, peers.bobbin(bench.cli), server, row.patience).finish({})
        server.stop()
        run["rate"] = n * rate * seconds / run["wall"] / rows.MIB
        return run

    points = [1, 2, 4, 8, 16, 32, 64]
    found = repeat(bench, rounds, points, run_one)
    plot.draw(os.path.join(plots, "connections.svg"), "One server at 1 MiB/s a connection", "connections", "MiB/s",
              {"Bobbin": [(n, median(r, "rate")) for n, r in found.items()], "~as many times one": [(n, n) for n in points]},
              log_x=False, log_y=False)
    lines = [[str(n), f"{median(r, 'rate'):.2f}", f"{median(r, 'cpu'):.2f}", f"{median(r, 'rss_mib'):.1f}"]
             for n, r in found.items()]
    return Section("1 to 64 connections", ["connections", "MiB/s", "CPU s", "MiB"], lines), found


def grow_files(bench, rounds, plots, quick):
    def run_one(n):
        row = rows.Row("growth", "", count=n, size=4 * rows.KIB, parallel=16)
        bench.server.take_counts()
        return measure.Run(bench, row, peers.bobbin(bench.cli), bench.server).finish(measure.sum_row(bench, row))

    points = [1, 10, 100, 1000, 5000 if quick else 10000]
    found = repeat(bench, rounds, points, run_one)
    draw_time(os.path.join(plots, "files.svg"), "Files of 4 KiB, 16 at a time", "files", found)
    for n in points:
        shutil.rmtree(os.path.join(bench.data, f"{n}x{4 * rows.KIB}"))
    lines = [[f"{n:,}", f"{median(r, 'wall'):.3f}", f"{median(r, 'cpu'):.3f}", f"{median(r, 'cpu') / n * 1e6:.0f}"]
             for n, r in found.items()]
    return Section("1 to 10,000 small files", ["files", "wall s", "CPU s", "CPU µs a file"], lines), found


def fits(size):
    with open("/proc/meminfo", encoding="ascii") as f:
        free = next(int(line.split()[1]) * 1024 for line in f if line.startswith("MemAvailable"))
    return size * 1.25 < free


def grow_size(bench, rounds, plots, quick):
    """The files have holes, so that twice the largest need not fit into memory."""
    wanted = [1, 8, 64, 512, 2048, 4096 if quick else 8192]
    points = [mib for mib in wanted if fits(mib * rows.MIB)]

    def run_one(mib):
        row = rows.Row("growth", "", size=mib * rows.MIB)
        path = os.path.join(bench.data, row.folder(), "f00000.bin")
        if mib not in sums:
            rows.make_sparse(path, row.size)
            sums[mib] = {"f00000.bin": rows.sum_file(path)}
        bench.server.take_counts()
        return measure.Run(bench, row, peers.bobbin(bench.cli), bench.server).finish(sums[mib])

    sums = {}
    found = repeat(bench, rounds, points, run_one)
    draw_time(os.path.join(plots, "size.svg"), "One file, one connection", "MiB", found)
    lines = [[f"{mib:,}", f"{median(r, 'wall'):.3f}", f"{median(r, 'cpu'):.3f}",
              f"{median(r, 'cpu') / mib * 1024:.2f}", f"{median(r, 'rss_mib'):.1f}"] for mib, r in found.items()]
    title = f"1 MiB to {points[-1] / 1024:g} GiB" + ("" if points == wanted else " (no more fits into memory)")
    return Section(title, ["MiB", "wall s", "CPU s", "CPU s a GiB", "memory MiB"], lines), found


def grow_rows(bench, rounds, plots):
    size = 512 * rows.MIB
    rows.make_sparse(os.path.join(bench.data, "growth-rows", "f00000.bin"), size)
    address = f"http://127.0.0.1:{bench.server.plain}/copies/growth-rows"

    def run_one(n):
        return window.run_task(bench, "start", rows=n, seconds=1, settle_s=1, file=address)

    points = [0, 10_000, 30_000, 60_000, 100_000]
    found = repeat(bench, rounds, points, run_one)
    plot.draw(os.path.join(plots, "rows.svg"), "The window with finished downloads in its list", "rows", "ms",
              {"first frame": [(n, median(r, "first_ms")) for n, r in found.items()],
               "CPU for a file of 512 MiB": [(n, 1000 * median(r, "file_cpu")) for n, r in found.items()]},
              log_x=False, log_y=False, say_x=lambda v: f"{v:,.0f}")
    lines = [[f"{n:,}", f"{median(r, 'first_ms'):.0f}", f"{median(r, 'full_ms'):.0f}", f"{median(r, 'rss_mib'):.0f}",
              f"{1000 * median(r, 'file_cpu'):.0f}"] for n, r in found.items()]
    return Section("0 to 100,000 rows in the window's list",
                   ["rows", "first frame ms", "with rows ms", "memory MiB", "CPU ms for 512 MiB"], lines), found


def draw_time(path, title, label, found):
    """Both axes by their logarithm, so that the smallest is seen too; what should be straight stands beside it."""
    cpu = [(x, max(median(r, "cpu"), 0.001)) for x, r in found.items()]
    plot.draw(path, title, label, "seconds",
              {"time": [(x, median(r, "wall")) for x, r in found.items()], "CPU": cpu,
               "~a start, and as much for each": straight(cpu)}, say_x=lambda v: f"{v:,.0f}")


def run(bench, rounds, plots, quick):
    """At most three rounds: a plot shows a shape."""
    os.makedirs(plots, exist_ok=True)
    rounds = min(rounds, 3)
    parts = {
        "connections": grow_connections(bench, min(rounds, 2), plots),
        "files": grow_files(bench, rounds, plots, quick),
        "size": grow_size(bench, min(rounds, 2), plots, quick),
        "rows": grow_rows(bench, min(rounds, 2), plots),
    }
    return [section for section, _ in parts.values()], {name: found for name, (_, found) in parts.items()}
