"""counting: what the tests of counts share: the bounds, the server, the program."""
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import os
import subprocess
import tempfile
import threading

LONGEST_S = 300
SIZE = 4096


def read_bounds():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "bounds.txt")
    bounds = {}
    with open(path, encoding="utf-8") as f:
        for line in f:
            words = line.split(maxsplit=2)
            if words and not line.startswith("#"):
                bounds[words[0]] = int(words[1]), words[2].strip()
    return bounds


def judge(name, count):
    """Fails where `count` is over the bound that is written for it."""
    bound, sentence = read_bounds()[name]
    print(f"# {name}: {count:.0f} of at most {bound}", flush=True)
    assert count > 0, f"{name}: nothing was counted"
    assert count <= bound, f"{name}: {count:.0f}, and at most {bound} are allowed. {sentence}"


def run(command, **more):
    done = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST_S, check=False, **more)
    assert done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


@contextlib.contextmanager
def server():
    """Gives the address of the tests' own server."""
    process = subprocess.Popen([os.environ["BOBBIN_SERVER"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield process.stdout.readline().strip()
    finally:
        process.stdin.close()
        process.wait(LONGEST_S)
        process.stdout.close()


@contextlib.contextmanager
def downloads(base, count):
    """Gives the command that downloads `count` small files, one at a time, into a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="bobbin-count-") as scratch:
        listing = os.path.join(scratch, "list")
        with open(listing, "w", encoding="utf-8") as f:
            f.write("".join(f"{base}/bytes/{SIZE}/f{i}\n" for i in range(count)))
        out = os.path.join(scratch, "out")
        yield [os.environ["BOBBIN_CLI"], "get", "-q", "-j", "1", "-s", "1", "-d", out,
               "--state-dir", os.path.join(scratch, "state"), "-i", listing]
        assert len(os.listdir(out) if count else []) == count


def count_wakes(pid):
    """How often all threads of a process have gone to wait so far."""
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            with open(f"/proc/{pid}/task/{task}/status", encoding="ascii") as f:
                total += sum(int(line.split()[1]) for line in f if line.startswith("voluntary_ctxt"))
    return total


def wakes_per_second(pid, seconds):
    before = count_wakes(pid)
    threading.Event().wait(seconds)
    return (count_wakes(pid) - before) / seconds
