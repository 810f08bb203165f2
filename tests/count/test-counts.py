"""Counts that do not depend on the machine, each against the bound that is written in bounds.txt."""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re
import subprocess
import tempfile

import cases
from counting import downloads, judge, run, server, wakes_per_second

# What happens once in a run is the difference of two away.
FEW, MANY = 20, 60

# A thread waits for another, or wakes it: how often is a matter of who is quicker.
WAITING = ("futex", "poll", "ppoll", "restart_syscall", "read", "write", "sched_yield")


def callgrind(command, *options):
    done = run(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", *options, "--", *command])
    return int(re.search(r"Collected : (\d+)", done.stderr).group(1)), done.stdout


def count_part(name):
    count, said = callgrind([os.environ["BOBBIN_PURE_PARTS"], name], "--toggle-collect=count_this")
    judge(f"{name}.instructions", count / int(said))


def per_file(count_one):
    """The difference that one more file makes."""
    with server() as base:
        counts = []
        for n in FEW, MANY:
            with downloads(base, n) as command:
                counts.append(count_one(command))
    return counts


def test_segments_take_few_instructions():
    count_part("segments")


def test_names_take_few_instructions():
    count_part("names")


def test_headers_take_few_instructions():
    count_part("headers")


def test_human_text_takes_few_instructions():
    count_part("human")


def test_a_small_download_takes_few_instructions():
    few, many = per_file(lambda command: callgrind(command, "--toggle-collect=engine_connection_run")[0])
    judge("file.instructions", (many - few) / (MANY - FEW))


def test_a_start_takes_few_instructions():
    with server() as base, downloads(base, 1) as command:
        judge("start.instructions", callgrind(command)[0])


def count_calls(command):
    with tempfile.NamedTemporaryFile(mode="r", prefix="bobbin-calls-") as table:
        run(["strace", "-f", "-c", "-o", table.name, "--", *command])
        calls = {}
        for line in table:
            words = line.split()
            if len(words) >= 5 and words[0][0].isdigit() and words[-1] != "total":
                calls[words[-1]] = int(words[3])
    return calls


def test_a_small_download_takes_few_system_calls():
    few, many = per_file(count_calls)
    each = {name: (many[name] - few.get(name, 0)) / (MANY - FEW) for name in many}
    print("# " + ", ".join(f"{name} {n:.1f}" for name, n in sorted(each.items(), key=lambda e: -e[1]) if n > 0.05))
    judge("file.calls", sum(n for name, n in each.items() if name not in WAITING))
    judge("file.waits", sum(n for name, n in each.items() if name in WAITING))


def count_allocations(command):
    with tempfile.NamedTemporaryFile(mode="r", prefix="bobbin-allocations-") as said:
        # GLib's own slices would hide what it takes.
        run(command, env={**os.environ, "LD_PRELOAD": os.environ["BOBBIN_ALLOCATION_COUNTER"],
                          "BOBBIN_ALLOCATIONS": said.name, "G_SLICE": "always-malloc"})
        return int(said.read())


def test_a_small_download_takes_few_allocations():
    few, many = per_file(count_allocations)
    judge("file.allocations", (many - few) / (MANY - FEW))


def test_a_busy_download_wakes_seldom():
    with server() as base, tempfile.TemporaryDirectory(prefix="bobbin-count-") as scratch:
        out = os.path.join(scratch, "out")
        process = subprocess.Popen(
            [os.environ["BOBBIN_CLI"], "get", "-q", "-s", "1", "-d", out, "--state-dir", os.path.join(scratch, "state"),
             f"{base}/bytes/{1 << 30}/f?rate={1 << 20}"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            part = os.path.join(out, "f.part")
            while process.poll() is None and not (os.path.exists(part) and os.stat(part).st_blocks):
                wakes_per_second(process.pid, 0.05)
            judge("busy.wakes", wakes_per_second(process.pid, 3))
        finally:
            process.kill()
            process.wait()


cases.run()
