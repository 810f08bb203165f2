#!/usr/bin/env python3
"""inside: the tasks that need a window; runs where a screen, a session and a home of its own are.

inside.py TASK ARGUMENTS, which are one JSON object; prints one. The windows are programs of the
benchmark that do what their standard input says (control.h), and Bobbin itself where no look inside
is needed.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import glob
import json
import os
import shutil
import subprocess
import sys
import threading
import time

STATE = os.path.join(os.environ["XDG_STATE_HOME"], "bobbin")
DOWNLOADS = os.path.join(os.environ["HOME"], "Downloads")
PATIENCE_S = 120


def forget_everything():
    shutil.rmtree(STATE, ignore_errors=True)
    shutil.rmtree(DOWNLOADS, ignore_errors=True)
    os.makedirs(DOWNLOADS)


def wait(question, what, look_s=0.02):
    end = time.monotonic() + PATIENCE_S
    while not question():
        if time.monotonic() > end:
            raise RuntimeError(f"no {what} in {PATIENCE_S} s")
        time.sleep(look_s)


class Window:
    """A window that does what it is told."""

    def __init__(self, program):
        env = {**os.environ, "BENCH_BEGUN": str(time.monotonic_ns() // 1000)}
        self.process = subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)

    def tell(self, *words):
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline() or "{}")
        if "error" in answer:
            raise RuntimeError(f"{' '.join(map(str, words))}: {answer['error']}")
        return answer

    def wait_count(self, what, **expected):
        wait(lambda: all(self.tell("count")[key] >= value for key, value in expected.items()), what)

    def measure(self, seconds, meanwhile=None):
        """What a person who waits in front of it feels for so long, or until @meanwhile is done."""
        self.tell("beat", "on")
        self.tell("reset")
        queued_s = self.queued_s()
        if meanwhile:
            meanwhile()
        time.sleep(seconds)
        found = self.tell("report")
        found["queued_s"] = self.queued_s() - queued_s
        self.tell("beat", "off")
        return found

    def queued_s(self):
        """For so long its main thread could have run, and other threads and programs had the cores."""
        with open(f"/proc/{self.process.pid}/task/{self.process.pid}/schedstat", encoding="ascii") as f:
            return int(f.read().split()[1]) / 1e9

    def rss_mib(self):
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as f:
            return int(next(line for line in f if line.startswith("VmRSS")).split()[1]) / 1024

    def wake_ups(self, seconds):
        """Of all its threads, a second."""
        def count():
            total = 0
            for path in glob.glob(f"/proc/{self.process.pid}/task/*/status"):
                with open(path, encoding="ascii") as f:
                    total += int(next(line for line in f if line.startswith("voluntary_ctxt")).split()[1])
            return total
        before = count()
        time.sleep(seconds)
        return (count() - before) / seconds

    def quit(self):
        self.process.stdin.write("quit\n")
        self.process.stdin.flush()
        self.process.wait(PATIENCE_S)


def fill(args, rows, queued=0, address="http://127.0.0.1:9/none"):
    forget_everything()
    if rows:
        subprocess.run([args["fill"], STATE, DOWNLOADS, str(rows), str(queued), address], check=True)


def start(args, rows=0, queued=0, address="http://127.0.0.1:9/none"):
    fill(args, rows, queued, address)
    window = Window(args["window"])
    first = window.tell("first")
    wait(lambda: window.tell("count")["loaded"], "loaded list")
    return window, first


def task_bare(args):
    """First frame, memory and idle wake-ups of a window with nothing in it."""
    window = Window(args["bare"])
    found = window.tell("first")
    time.sleep(args["settle_s"])
    found.update(rss_mib=window.rss_mib(), wake_ups=window.wake_ups(args["seconds"]))
    window.quit()
    return found


def task_start(args):
    """The same of Bobbin, with so many finished rows."""
    window, found = start(args, args["rows"])
    time.sleep(args["settle_s"])
    found.update(rss_mib=window.rss_mib(), wake_ups=window.wake_ups(args["seconds"]))
    if args.get("file"):
        found["file_cpu"] = download_one(window, args["file"])
    window.quit()
    return found


def download_one(window, address):
    """CPU seconds of the window for one file."""
    window.tell("reset")
    window.tell("add", 1, address)
    wait(lambda: os.path.exists(os.path.join(DOWNLOADS, "0.bin")), "finished file", 0.01)
    return window.tell("report")["process_cpu"]


def task_active(args):
    """Many downloads run, in a long list, and are seen."""
    window, _ = start(args, args["rows"], args["active"], args["slow"])
    window.tell("limits", args["active"], args["active"])
    window.wait_count("active downloads", active=args["active"])
    time.sleep(args["settle_s"])
    found = window.measure(args["seconds"])
    found["active"] = window.tell("count")["active"]
    found["rss_mib"] = window.rss_mib()
    window.quit()
    return found


def task_busy(args):
    """Five at full speed while many wait; what is finished is deleted, so that no memory runs out."""
    window, _ = start(args)
    ended = threading.Event()

    def delete():
        while not ended.wait(0.05):
            for path in glob.glob(os.path.join(DOWNLOADS, "*.bin")):
                os.unlink(path)

    deleter = threading.Thread(target=delete)
    deleter.start()
    window.tell("add", args["waiting"] + 5, args["copies"])
    window.wait_count("active downloads", active=5, queued=args["waiting"] // 2)
    found = window.measure(args["seconds"])
    found["queued"] = window.tell("count")["queued"]
    window.quit()
    ended.set()
    deleter.join()
    return found


def task_many(args):
    """Adds many at once, scrolls through them, removes them all."""
    window, _ = start(args)

    def add():
        window.tell("add", args["rows"], args["slow"])
        window.wait_count("rows", rows=args["rows"])

    def remove():
        window.tell("do", "win.select-all")
        window.tell("do", "win.remove")
        wait(lambda: window.tell("count")["rows"] == 0, "empty list")

    found = {"add": window.measure(1, add)}
    found["scroll"] = window.measure(0, lambda: window.tell("scroll", args["seconds"]))
    found["remove"] = window.measure(1, remove)
    window.quit()
    return found


def read_cpu(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as f:
        user, system = f.read().rsplit(")", 1)[1].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def task_cost(args):
    """Bobbin itself is given an address over D-Bus: what it takes from there to the file's final name."""
    forget_everything()
    process = subprocess.Popen([args["bobbin"]])
    subprocess.run(["gdbus", "wait", "--session", "--timeout", str(PATIENCE_S), "org.bobbin.Bobbin"], check=True)
    time.sleep(args["settle_s"])
    path = os.path.join(DOWNLOADS, os.path.basename(args["url"]))
    cpu, begun = read_cpu(process.pid), time.monotonic()
    subprocess.run(["gdbus", "call", "--session", "--dest", "org.bobbin.Bobbin", "--object-path",
                    "/org/bobbin/Bobbin", "--method", "org.gtk.Actions.Activate", "add-urls",
                    f"[<['{args['url']}']>]", "{}"], check=True, stdout=subprocess.DEVNULL)
    wait(lambda: os.path.exists(path), "finished file", 0.005)
    found = {"wall": time.monotonic() - begun, "cpu": read_cpu(process.pid) - cpu}
    process.terminate()
    process.wait(PATIENCE_S)
    import rows
    found["sum"] = rows.sum_file(path)
    os.unlink(path)
    return found


def main():
    task, args = sys.argv[1], json.loads(sys.argv[2])
    json.dump(globals()[f"task_{task}"](args), sys.stdout)


if __name__ == "__main__":
    main()
