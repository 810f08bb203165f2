"""measure: runs one row's programs in turn, or side by side where the server sets the pace."""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import statistics
import subprocess
import sys
import tempfile

import peers
import rows
import servers

LONGEST_S = 300
FAR_BEHIND = 5  # times the best of the round
KEPT = ("wall", "cpu", "rss_mib", "requests", "refused", "fetched")
BY_TIME_LIMIT = 128 + 14  # SIGALRM, as the launcher says it


class Bench:
    """Where everything is: the build, the scratch folder, nginx."""

    def __init__(self, build, data, server):
        self.build, self.data, self.server = os.path.abspath(build), data, server
        self.tools = os.path.join(self.build, "tests", "bench")
        self.cli = os.path.join(self.build, "src", "cli", "bobbin-cli")

    def tool(self, name):
        return os.path.join(self.tools, "bench-" + name)

    def run(self, *command, **options):
        return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


class Run:
    """One program at one row, from its start to the verdict."""

    def __init__(self, bench, row, call, server, patience=LONGEST_S):
        self.row, self.server, self.patience = row, server, patience
        self.scratch = tempfile.TemporaryDirectory(dir=bench.data, prefix="run-")
        self.folder = os.path.join(self.scratch.name, "out")
        os.mkdir(self.folder)
        job = peers.Job(row.urls(server), self.folder, size=row.size, parallel=row.parallel,
                        segments=row.segments, cacert=server.cacert if row.tls else None,
                        scratch=self.scratch.name)
        command = call(job)
        self.process = command and subprocess.Popen(
            [bench.tool("launcher"), os.path.join(self.scratch.name, "log"), str(patience), *command],
            stdout=subprocess.PIPE, text=True)

    def finish(self, sums):
        """Returns: the figures, None where the program cannot do this work."""
        with self.scratch:
            if self.process is None:
                return None
            out, _ = self.process.communicate()
            wall, user, system, rss, status = out.split()
            result = {"wall": float(wall), "cpu": float(user) + float(system), "rss_mib": int(rss) / 1024}
            result["requests"], result["refused"], result["fetched"] = self.server.take_counts()
            if int(status) == BY_TIME_LIMIT:
                result["bytes"] = f"over {self.patience} s, stopped"
            else:
                result["bytes"] = f"exit {status}" if int(status) else self.judge(sums)
            return result

    def judge(self, sums):
        """`right`, or what is wrong."""
        for name, expected in sums.items():
            path = os.path.join(self.folder, name)
            if not os.path.exists(path):
                return "missing"
            if rows.sum_file(path) != expected:
                return "wrong"
        return "right"


def sum_row(bench, row):
    """{file name: SHA-256} of what the server has."""
    if row.query is None:
        rows.make_data(row, bench.data)
        return {n: rows.sum_file(os.path.join(bench.data, row.folder(), n)) for n in row.file_names()}
    path = os.path.join(bench.data, "expected")
    server = servers.Hostile(bench.build)
    with open(path, "wb") as f:
        f.write(server.read(f"/bytes/{row.size}?seed={row.size}"))
    server.stop()
    return {"f00000.bin": rows.sum_file(path)}


def run_in_turn(bench, row, programs, sums):
    for name, call in programs.items():
        bench.server.take_counts()
        yield name, Run(bench, row, call, bench.server).finish(sums)


def run_side_by_side(bench, row, programs, sums):
    runs = {n: Run(bench, row, call, servers.Hostile(bench.build), row.patience)
            for n, call in programs.items()}
    for name, run in runs.items():
        yield name, run.finish(sums)
        run.server.stop()


def run_row(bench, row, programs, rounds):
    """Returns: {program: [result of each round]}. A peer that fails twice, or is far behind twice, is not
    asked again."""
    sums = sum_row(bench, row)
    results, hopeless = {}, dict.fromkeys(programs, 0)
    for number in range(rounds):
        asked = {n: call for n, call in programs.items() if n == "bobbin" or hopeless[n] < 2}
        one_round = run_in_turn if row.query is None else run_side_by_side
        ran = {n: r for n, r in one_round(bench, row, asked, sums) if r is not None}
        best = min((r["wall"] for r in ran.values() if r["bytes"] == "right"), default=0)
        for name, result in ran.items():
            results.setdefault(name, []).append(result)
            hopeless[name] += result["bytes"] != "right" or result["wall"] > FAR_BEHIND * best
        print(f"  {row.name}: round {number + 1} of {rounds}", file=sys.stderr, flush=True)
    return results


def summarise(results):
    """Medians of the runs with the right bytes, or of all where none has; of what is said in words, the worst."""
    summary = {}
    for name, runs in results.items():
        wrong = [run["bytes"] for run in runs if run["bytes"] != "right"]
        good = [run for run in runs if run["bytes"] == "right"] or runs
        middle = {key: statistics.median(run[key] for run in good) for key in KEPT}
        middle["wall_min"] = min(run["wall"] for run in good)
        middle["wall_max"] = max(run["wall"] for run in good)
        middle["bytes"] = f"{wrong[0]} ({len(wrong)} of {len(runs)})" if wrong else "right"
        middle["rounds"] = len(runs)
        summary[name] = middle
    best = {key: min((s[key] for n, s in summary.items() if n in peers.PEERS and s["bytes"] == "right"),
                     default=None) for key in ("wall", "cpu")}
    for middle in summary.values():
        for key in ("wall", "cpu"):
            usable = best[key] and middle["bytes"] == "right"
            middle[key + "_ratio"] = middle[key] / best[key] if usable else None
    return summary


def judge(row, summary):
    """What was to be reached: [(text, whether it was)]."""
    ours = summary["bobbin"]
    if ours["bytes"] != "right":
        return [(ours["bytes"], False)]
    found = []
    for key, word in (("wall", "wall"), ("cpu", "CPU")):
        goal, ratio = getattr(row, key), ours[key + "_ratio"]
        if goal is not None and ratio is not None:
            found.append((f"{word} {ratio:.2f} of at most {goal:.2f} × best peer", ratio <= goal))
    if row.loop is not None and "recv+pwrite" in summary:
        ratio = ours["wall"] / summary["recv+pwrite"]["wall"]
        found.append((f"{ratio:.2f} of at most {row.loop:.2f} × bare loop", ratio <= row.loop))
    if row.limit is not None:
        found.append((f"{ours['wall']:.2f} s of at most {row.limit:.2f} s (ideal {row.ideal:.2f} s)",
                      ours["wall"] <= row.limit))
    if row.most_refused is not None:
        found.append((f"{ours['refused']:.0f} of at most {row.most_refused} refused",
                      ours["refused"] <= row.most_refused))
    return found
