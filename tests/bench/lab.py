"""lab: the benchmarks that are programs of their own, run and read."""
# SPDX-License-Identifier: GPL-3.0-or-later
import json

from report import Section


def run_explorer(bench):
    found = json.loads(bench.run(bench.tool("race-explore")))
    lines = [[f["what"], f"{f['ms']:.1f}", f"{f['states']:,}", f"{f['states'] / f['ms'] / 1000:.2f}",
              f"{f['mib']}"] for f in found]
    return [Section("The Race Lab's explorer", ["", "ms", "states", "million states a second", "MiB"], lines,
                    [goal(f) for f in found if f["most_ms"] or f["least_rate"]])], found


def goal(f):
    if f["most_ms"]:
        return f"{f['what']}: {f['ms']:.1f} ms of at most {f['most_ms']} ms", f["ms"] <= f["most_ms"]
    rate = f["states"] / f["ms"] / 1000
    return f"{f['what']}: {rate:.2f} of at least {f['least_rate']} million states a second", rate >= f["least_rate"]


def run_rows(bench):
    found = json.loads(bench.run(bench.tool("many-rows")))
    lines = [[f["what"], f"{f['ms']:.1f}"] for f in found]
    ratio = found[1]["ms"] / found[0]["ms"]
    return [Section("The journal with many rows", ["", "ms"], lines,
                    [(f"first rows {ratio:.2f} of at most 2.00 × an empty journal", ratio <= 2)])], found
