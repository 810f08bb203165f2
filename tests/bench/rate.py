"""rate: how true a speed limit is, second by second, and how soon a new one counts.

What a program has written is what has arrived: its count of written bytes is read from /proc, often,
in the same way for all.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import statistics
import subprocess
import sys
import tempfile
import time

import peers
import rows
from report import Section

LOOK_S = 0.02
RATE = 8 * rows.MIB
CHANGES = [(RATE, 12), (2 * rows.MIB, 4), (16 * rows.MIB, 4)]  # rate, seconds
MEAN_FROM_S, MEAN_S = 0.5, 10                # the first half second is for getting going
CONNECTIONS = (1, 4, 16)
SIZE = 256 * rows.MIB                        # more than arrives
PEERS_CONNECTIONS = {"curl": 1, "aria2": 16, "wget2": 1, "axel": 16}


class Watched:
    """A program that runs, and when it had written how much."""

    def __init__(self, command, scratch, connections):
        self.connections = connections
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                                        stdin=subprocess.DEVNULL, text=True)
        self.samples, self.scratch = [], scratch

    def look(self):
        try:
            with open(f"/proc/{self.process.pid}/io", encoding="ascii") as f:
                fields = dict(line.split(": ") for line in f)
        except (OSError, ProcessLookupError):
            return
        self.samples.append((time.monotonic(), int(fields["wchar"])))

    def bytes_at(self, moment):
        """Between two looks, in proportion."""
        before = [s for s in self.samples if s[0] <= moment]
        after = [s for s in self.samples if s[0] > moment]
        if not before or not after:
            return (before or after)[-1 if before else 0][1]
        (t0, b0), (t1, b1) = before[-1], after[0]
        return b0 + (b1 - b0) * (moment - t0) / (t1 - t0)

    def mean(self, start, seconds):
        return (self.bytes_at(start + seconds) - self.bytes_at(start)) / seconds

    def worst_second(self, start, end):
        """The most in any second between."""
        moments = [t for t, _ in self.samples if start <= t <= end - 1]
        return max(self.mean(t, 1) for t in moments)

    def first_byte(self, least=256 * rows.KIB):
        """When there was more than the journal's few bytes; None: never."""
        return next((t for t, b in self.samples if b > least), None)


def follow_change(watched, moment, rate, end):
    """Seconds after @moment from which on any half second is within a tenth of @rate."""
    moments = [t for t, _ in watched.samples if moment <= t <= end - 0.5]
    wrong = [t for t in moments if abs(watched.mean(t, 0.5) / rate - 1) > 0.1]
    return max(wrong) - moment + LOOK_S if wrong else 0.0


def start_all(bench, scratch):
    url = f"http://127.0.0.1:{bench.server.plain}/copies/rate/f00000.bin"
    watched = {}
    for connections in CONNECTIONS:
        folder = os.path.join(scratch, f"bobbin-{connections}")
        os.mkdir(folder)
        words = [str(word) for change in CHANGES for word in change]
        command = [bench.tool("rate-change"), os.path.join(folder, "state"), folder, str(connections), url, *words]
        watched[f"bobbin, {connections} connections"] = Watched(command, folder, connections)
    for name, call in peers.PEERS.items():
        folder = os.path.join(scratch, name)
        os.mkdir(folder)
        segments = PEERS_CONNECTIONS[name]
        job = peers.Job([url], folder, size=SIZE, segments=segments, rate=RATE, scratch=folder)
        watched[f"{name}, {segments} connections"] = Watched(call(job), folder, segments)
    return watched


def measure_round(bench):
    """{program: figures}, all at the same time: at these speeds nobody disturbs anybody."""
    with tempfile.TemporaryDirectory(dir=bench.data, prefix="rate-") as scratch:
        watched = start_all(bench, scratch)
        end = time.monotonic() + sum(seconds for _, seconds in CHANGES) + 0.5
        while time.monotonic() < end:
            for one in watched.values():
                one.look()
            time.sleep(LOOK_S)
        said = {}
        for name, one in watched.items():
            one.process.terminate()
            out, _ = one.process.communicate(timeout=30)
            said[name] = [(float(t), int(r)) for t, r in (line.split() for line in out.splitlines())] \
                if name.startswith("bobbin") else []
        return {name: figures(one, said[name]) for name, one in watched.items()}


def figures(watched, changes):
    first = watched.first_byte()
    if first is None or first + MEAN_FROM_S + MEAN_S > watched.samples[-1][0]:
        return {"mean": -1.0, "worst": -1.0, "change": None}  # it came to nothing
    start = first + MEAN_FROM_S
    found = {"mean": watched.mean(start, MEAN_S) / RATE - 1,
             "worst": watched.worst_second(first, start + MEAN_S) / RATE - 1, "change": None}
    ends = [t for t, _ in changes[1:]] + [watched.samples[-1][0]]
    for (moment, rate), end in list(zip(changes, ends))[1:]:
        found["change"] = max(found["change"] or 0, follow_change(watched, moment, rate, min(end, moment + 3.5)))
    return found


def median(values):
    known = [v for v in values if v is not None]
    return statistics.median(known) if known else None


def run(bench, rounds):
    rows.make_sparse(os.path.join(bench.data, "rate", "f00000.bin"), SIZE)
    rounds = [measure_round(bench) for _ in range(rounds)]
    print(f"  rate: {len(rounds)} rounds", file=sys.stderr)
    lines, goals = [], []
    for name in rounds[0]:
        middle = {k: median(r[name][k] for r in rounds) for k in ("mean", "worst", "change")}
        change = "–" if middle["change"] is None else f"{middle['change']:.2f}"
        lines.append([name, f"{middle['mean'] * 100:+.1f} %", f"{middle['worst'] * 100:+.1f} %", change])
        if name.startswith("bobbin"):
            goals += [(f"{name}: {middle['mean'] * 100:+.1f} % of at most ± 2 % over 10 s", abs(middle["mean"]) <= 0.02),
                      (f"{name}: fastest second {middle['worst'] * 100:+.1f} % of at most + 10 %", middle["worst"] <= 0.1),
                      (f"{name}: in force after {change} s of at most 0.50 s", middle["change"] is not None and middle["change"] <= 0.5)]
    title = "A limit of 8 MiB/s; Bobbin's then changes to 2 and to 16 MiB/s"
    return [Section(title, ["", "mean of 10 s", "fastest second", "s until a change counts"], lines, goals)], rounds
