#!/usr/bin/env python3
"""bench: Bobbin beside its peers, on the same work, in the same run.

Programs take turns within a round, so that what disturbs the machine disturbs all; the tables show
medians over the rounds and ratios to the best peer. Every file is compared by its SHA-256.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import argparse
import json
import os
import shutil
import signal
import sys
import tempfile
import time

import growth
import lab
import measure
import peers
import rate
import report
import rows
import servers
import window

# What is no row of programs: name, what it is.
OTHERS = {
    "rate": "speed limits: how true, and how soon in force",
    "window-cost": "the window's CPU over the command line's, for the same file",
    "window": "the window's figures beside a bare libadwaita window",
    "lab": "the Race Lab's explorer",
    "rows": "the journal with many rows",
    "growth": "how cost grows: plots",
}


def parse_arguments():
    names = [r.name for r in rows.ROWS] + list(OTHERS)
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0], prog="build-aux/bench")
    parser.add_argument("--build", default="build", help="the build directory (default: %(default)s)")
    parser.add_argument("--rows", default="", help="names with commas, of: " + ", ".join(names) + "; default: all")
    parser.add_argument("--rounds", type=int, default=5, help="default: %(default)s")
    parser.add_argument("--quick", action="store_true", help="half the work, and two rounds where none are said")
    parser.add_argument("--data", default="/dev/shm", help="where files are made and downloaded to")
    parser.add_argument("--json", metavar="FILE", help="all that was measured, for machines (-: standard output)")
    parser.add_argument("--write", metavar="PAGE",
                        help="also between the marks of this page, the plots beside it, the short table in README.md")
    args = parser.parse_args()
    args.wanted = [n for n in args.rows.split(",") if n] or names
    unknown = set(args.wanted) - set(names)
    if unknown:
        parser.error(f"no row is called {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    if args.quick and "--rounds" not in " ".join(sys.argv):
        args.rounds = 2
    return args


class Results:
    """All that came out: sections by name, and the samples they stand on."""

    def __init__(self, out):
        self.out = out
        self.sections, self.samples, self.short, self.wrong = {}, {}, [], False

    def add(self, name, sections, samples):
        self.sections[name], self.samples[name] = sections, samples
        for section in sections:
            print(section.text(), file=self.out, flush=True)


def run_programs(bench, row, args, results):
    programs = {"bobbin": peers.bobbin(bench.cli), **peers.PEERS}
    if row.loop is not None:
        programs.update(peers.limits(bench.tools, bench.server.plain))
    runs = measure.run_row(bench, row, programs, args.rounds)
    summary = measure.summarise(runs)
    results.wrong |= summary["bobbin"]["bytes"] != "right"
    results.short.append(report.summary_line(row, summary))
    results.add(row.name, [report.of_row(row, summary, measure.judge(row, summary))],
                {"title": row.title, "summary": summary, "runs": runs, "flags": peers.say_flags(row)})
    shutil.rmtree(os.path.join(bench.data, row.folder()), ignore_errors=True)


def run_other(bench, name, args, results):
    """Where the plots go, if they are not kept, is the scratch folder."""
    plots = os.path.join(os.path.dirname(args.write), "performance") if args.write else bench.data
    calls = {
        "rate": lambda: rate.run(bench, args.rounds),
        "window-cost": lambda: window.run_cost(bench, args.rounds, rows.GIB if args.quick else 4 * rows.GIB),
        "window": lambda: window.run_figures(bench, args.rounds),
        "lab": lambda: lab.run_explorer(bench),
        "rows": lambda: lab.run_rows(bench),
        "growth": lambda: growth.run(bench, args.rounds, plots, args.quick),
    }
    results.add(name, *calls[name]())


def say_peers():
    said = [f"{name}: {version}" for name, version in peers.versions().items()]
    return "; ".join(said)


def say_all_flags(chosen):
    lines = []
    for row in chosen:
        lines.append(f"{row.title}:")
        lines += [f"  {command}" for command in peers.say_flags(row).values() if command != "cannot"]
    return "\n".join(lines)


def write_page(args, results, chosen, machine, seconds):
    """Only what was measured in this run is replaced."""
    for name, sections in results.sections.items():
        report.replace_between(args.write, name, "\n".join(s.markdown() for s in sections))
    if set(results.sections) >= {r.name for r in rows.ROWS}:
        said = f"{machine}. {say_peers()}. {args.rounds} rounds, {seconds / 60:.0f} minutes in all."
        report.replace_between(args.write, "machine", said)
        report.replace_between(args.write, "flags", f"```text\n{say_all_flags(chosen)}\n```")
        readme = os.path.join(os.path.dirname(os.path.abspath(args.write)), "..", "README.md")
        table = ["| work | Bobbin | best of curl, aria2, wget2, axel | ÷ |", "| --- | ---: | ---: | ---: |"]
        report.replace_between(readme, "short", "\n".join(table + results.short))


def main():
    args = parse_arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    out = sys.stderr if args.json == "-" else sys.stdout
    begun, machine = time.monotonic(), report.say_machine()
    results = Results(out)
    chosen = [r for r in rows.ROWS if r.name in args.wanted]
    if args.quick:
        for row in chosen:
            rows.halve(row)
    print(f"{machine}\n{say_peers()}\n\n{say_all_flags(chosen)}", file=out, flush=True)

    data = tempfile.mkdtemp(dir=args.data, prefix="bobbin-bench-")
    server = servers.Nginx(data, data)
    os.environ["SSL_CERT_FILE"] = server.cacert  # axel knows no other way
    bench = measure.Bench(args.build, data, server)
    try:
        for row in chosen:
            run_programs(bench, row, args, results)
        for name in OTHERS:
            if name in args.wanted:
                run_other(bench, name, args, results)
    finally:
        server.stop()
        shutil.rmtree(data)
        seconds = time.monotonic() - begun
        # A run that is broken off keeps the rows that it has finished.
        if args.write:
            write_page(args, results, chosen, machine, seconds)
    missed = [text for sections in results.sections.values() for s in sections for text, good in s.goals if not good]
    print(f"\n{seconds / 60:.1f} minutes; {len(missed)} figures not reached", file=out)
    if args.json:
        stream = sys.stdout if args.json == "-" else open(args.json, "w", encoding="utf-8")
        with stream:
            json.dump({"machine": machine, "peers": peers.versions(), "rows": results.samples}, stream, indent=1)
    sys.exit(1 if results.wrong else 0)


if __name__ == "__main__":
    main()
