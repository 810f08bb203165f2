#!/usr/bin/env python3
"""bench: Bobbin beside its peers, on the same work, in the same run.

All programs take turns within a round, so that what disturbs the machine disturbs all; the table
shows medians over the rounds and ratios to the best peer. Every file is compared, byte for byte.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import argparse
import filecmp
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile

import peers
import rows
import servers

LONGEST_S = 300


def measure(launcher, scratch, command):
    log = os.path.join(scratch, "log")
    out = subprocess.run([launcher, log, str(LONGEST_S), *command], capture_output=True, text=True, check=True)
    wall, user, system, rss, status = out.stdout.split()
    return {"wall": float(wall), "cpu": float(user) + float(system), "rss_mib": int(rss) / 1024,
            "status": int(status)}


def judge_bytes(row, data, folder):
    """`right`, or what is wrong."""
    for name in row.file_names():
        there = os.path.join(folder, name)
        if not os.path.exists(there):
            return "missing"
        if not filecmp.cmp(os.path.join(data, row.folder(), name), there, shallow=False):
            return "wrong"
    return "right"


def run_once(name, call, row, server, data, launcher):
    with tempfile.TemporaryDirectory(dir=data, prefix="run-") as scratch:
        folder = os.path.join(scratch, "out")
        os.mkdir(folder)
        job = peers.Job(row.urls(server), folder, size=row.size, parallel=row.parallel, segments=row.segments,
                        cacert=server.cacert if row.tls else None, scratch=scratch)
        command = call(job)
        if command is None:
            return None
        server.take_counts()
        result = measure(launcher, scratch, command)
        result["requests"], result["fetched"] = server.take_counts()
        result["bytes"] = judge_bytes(row, data, folder) if result["status"] == 0 else f"exit {result['status']}"
        return result


def run_row(row, programs, server, data, launcher, rounds):
    """Returns: {program: [result of each round]}."""
    results = {}
    for round_number in range(rounds):
        for name, call in programs.items():
            result = run_once(name, call, row, server, data, launcher)
            if result is not None:
                results.setdefault(name, []).append(result)
        print(f"  {row.name}: round {round_number + 1} of {rounds}", file=sys.stderr, flush=True)
    return results


def summarise(results):
    """Medians; of what is said in words, the worst."""
    summary = {}
    for name, runs in results.items():
        middle = {key: statistics.median(run[key] for run in runs)
                  for key in ("wall", "cpu", "rss_mib", "requests", "fetched")}
        middle["wall_min"] = min(run["wall"] for run in runs)
        middle["wall_max"] = max(run["wall"] for run in runs)
        wrong = [run["bytes"] for run in runs if run["bytes"] != "right"]
        middle["bytes"] = wrong[0] if wrong else "right"
        summary[name] = middle
    best = {key: min((s[key] for n, s in summary.items() if n in peers.PEERS and s["bytes"] == "right"),
                     default=None) for key in ("wall", "cpu")}
    for middle in summary.values():
        for key in ("wall", "cpu"):
            usable = best[key] and middle["bytes"] == "right"
            middle[key + "_ratio"] = middle[key] / best[key] if usable else None
    return summary


def say_goal(row, ours):
    """What was to be reached, and whether it was."""
    parts = []
    if ours["bytes"] != "right":
        return f"NOT REACHED: {ours['bytes']}"
    for key in ("wall", "cpu"):
        goal = getattr(row, key)
        if goal is not None and ours[key + "_ratio"] is not None:
            parts.append(f"{key} {ours[key + '_ratio']:.2f} of at most {goal:.2f}"
                         f"{'' if ours[key + '_ratio'] <= goal else ' NOT REACHED'}")
    if row.ideal is not None:
        ratio = ours["wall"] / row.ideal
        parts.append(f"{ratio:.2f} × ideal of at most {row.limit:.2f}{'' if ratio <= row.limit else ' NOT REACHED'}")
    return "; ".join(parts)


def print_table(row, summary):
    print(f"\n{row.title}")
    print(f"  {'':14}{'wall s':>9}{'(min–max)':>16}{'CPU s':>8}{'MiB':>7}{'requests':>10}{'fetched MB':>12}"
          f"{'wall ÷':>8}{'CPU ÷':>8}  bytes")
    for name, s in summary.items():
        ratios = "".join(f"{s[k]:8.2f}" if s[k] is not None else f"{'–':>8}" for k in ("wall_ratio", "cpu_ratio"))
        spread = f"({s['wall_min']:.2f}–{s['wall_max']:.2f})"
        print(f"  {name:14}{s['wall']:9.3f}{spread:>16}{s['cpu']:8.2f}{s['rss_mib']:7.1f}{s['requests']:10.0f}"
              f"{s['fetched'] / 1e6:12.1f}{ratios}  {s['bytes']}")
    print(f"  to reach: {say_goal(row, summary['bobbin'])}", flush=True)


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", default="build", help="the build directory")
    parser.add_argument("--rows", default="", help="names of rows, with commas; all by default")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--data", default="/dev/shm", help="where files are made and downloaded to")
    parser.add_argument("--json", metavar="FILE", help="all samples, for machines")
    return parser.parse_args()


def main():
    args = parse_arguments()
    wanted = [n for n in args.rows.split(",") if n]
    unknown = set(wanted) - {r.name for r in rows.ROWS}
    if unknown:
        sys.exit(f"no row is called {', '.join(sorted(unknown))}; there are {', '.join(r.name for r in rows.ROWS)}")
    chosen = [r for r in rows.ROWS if not wanted or r.name in wanted]
    tools = os.path.join(args.build, "tests", "bench")
    cli = os.path.abspath(os.path.join(args.build, "src", "cli", "bobbin-cli"))
    everything = {}

    data = tempfile.mkdtemp(dir=args.data, prefix="bobbin-bench-")
    server = servers.Nginx(data, data)
    os.environ["SSL_CERT_FILE"] = server.cacert  # axel knows no other way
    try:
        for row in chosen:
            rows.make_data(row, data)
            programs = {"bobbin": peers.bobbin(cli), **peers.PEERS}
            if row.loops:
                programs.update(peers.limits(os.path.abspath(tools), server.plain))
            results = run_row(row, programs, server, data, os.path.join(tools, "bench-launcher"), args.rounds)
            summary = summarise(results)
            everything[row.name] = {"title": row.title, "summary": summary, "runs": results}
            print_table(row, summary)
            shutil.rmtree(os.path.join(data, row.folder()))
    finally:
        server.stop()
        shutil.rmtree(data)
    if args.json:
        with open(args.json, "w", encoding="utf-8") as f:
            json.dump(everything, f, indent=1)
    sys.exit(0 if all(row["summary"]["bobbin"]["bytes"] == "right" for row in everything.values()) else 1)


if __name__ == "__main__":
    main()
