"""report: what was measured, as text for a terminal and as Markdown between the marks of a page."""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import platform
import re

import peers


class Section:
    """A table with a title, and under it what was to be reached: (text, whether it was)."""

    def __init__(self, title, columns, lines, goals=()):
        self.title, self.columns, self.lines, self.goals = title, columns, lines, list(goals)

    def text(self):
        rows = [self.columns, *self.lines]
        widths = [max(len(row[i]) for row in rows) for i in range(len(self.columns))]
        out = ["", self.title]
        for row in rows:
            cells = [row[0].ljust(widths[0])] + [c.rjust(w) for c, w in zip(row[1:], widths[1:])]
            out.append("  " + "  ".join(cells).rstrip())
        out += [f"  {'reached' if good else 'NOT REACHED'}: {text}" for text, good in self.goals]
        return "\n".join(out)

    def markdown(self):
        out = [f"**{self.title}**", "", "| " + " | ".join(self.columns) + " |",
               "| --- |" + " ---: |" * (len(self.columns) - 1)]
        out += ["| " + " | ".join(line) + " |" for line in self.lines]
        if self.goals:
            out += ["", *(f"- {'reached' if good else '**not reached**'}: {text}" for text, good in self.goals)]
        return "\n".join(out) + "\n"


def say_ratio(value):
    return "–" if value is None else f"{value:.2f}"


def of_row(row, summary, goals):
    """The Section of a row of programs."""
    columns = ["", "wall s", "min–max (rounds)", "CPU s", "MiB", "requests", "fetched MB", "wall ÷ best peer",
               "CPU ÷ best peer", "bytes"]
    lines = [[name, f"{s['wall']:.3f}", f"{s['wall_min']:.2f}–{s['wall_max']:.2f} ({s['rounds']})", f"{s['cpu']:.2f}",
              f"{s['rss_mib']:.1f}", f"{s['requests']:.0f}", f"{s['fetched'] / 1e6:.1f}",
              say_ratio(s["wall_ratio"]), say_ratio(s["cpu_ratio"]), s["bytes"]]
             for name, s in summary.items()]
    return Section(row.title, columns, lines, goals)


def say_machine():
    """What the figures depend on, with nobody's name in it."""
    model = "an unknown processor"
    with open("/proc/cpuinfo", encoding="utf-8") as f:
        found = re.search(r"^model name\s*:\s*(.*)$", f.read(), re.MULTILINE)
        if found:
            model = found[1]
    with open("/proc/meminfo", encoding="ascii") as f:
        memory = int(re.search(r"MemTotal:\s*(\d+)", f.read())[1]) / (1 << 20)
    release = platform.release().split("-")[0]
    load = ", ".join(f"{x:.1f}" for x in os.getloadavg())
    return (f"{len(os.sched_getaffinity(0))} cores ({model}), {memory:.0f} GiB of memory, Linux {release}; "
            f"files in memory (tmpfs), servers on loopback; load when the run began: {load}")


def replace_between(path, name, text):
    """Puts @text between the marks `<!-- bench:NAME -->` and `<!-- /bench:NAME -->` of a page."""
    with open(path, encoding="utf-8") as f:
        page = f.read()
    begin, end = f"<!-- bench:{name} -->", f"<!-- /bench:{name} -->"
    if begin not in page or end not in page:
        return False
    head, rest = page.split(begin, 1)
    tail = rest.split(end, 1)[1]
    with open(path, "w", encoding="utf-8") as f:
        f.write(f"{head}{begin}\n{text.rstrip()}\n{end}{tail}")
    return True


def summary_line(row, summary):
    """A row of the short table: the work, Bobbin, the best peer and who it is."""
    ours = summary["bobbin"]
    right = {n: s for n, s in summary.items() if n in peers.PEERS and s["bytes"] == "right"}
    if not right:
        return f"| {row.title} | {ours['wall']:.2f} s | none was right | |"
    best = min(right, key=lambda n: right[n]["wall"])
    return (f"| {row.title} | {ours['wall']:.2f} s | {right[best]['wall']:.2f} s ({best}) | "
            f"{ours['wall'] / right[best]['wall']:.2f} |")
