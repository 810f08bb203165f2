"""The window's thread never waits for a disk or the network: a whole day of it, watched call by call."""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import subprocess

import cases
from person import App, key, wait

BOBBIN = os.environ["BOBBIN"]
HOME = os.environ["HOME"]
STATE = os.environ.get("XDG_STATE_HOME", os.path.join(HOME, ".local/state"))
LOG = os.path.join(HOME, "watched")
ROW = ", (Waiting|Connecting|Downloading|Paused|Checking|Finished|Failed|Cancelled)"


def watched():
    with open(LOG) as lines:
        return [line.strip() for line in lines]


def state_of(window, name):
    return next((r.name for r in window.all("list item", "^" + name + ROW)), "")


def live_a_day(address, env):
    """Start, add, download, pause, resume, move, remove, quit; then start on what is there."""
    slow, quick, never = (f"{address}/bytes/{path}" for path in
                          ("60000000/slow.bin?etag=e&rate=200000", "5000/quick.bin", "10/never.bin?hang"))  # fmt: skip
    with App(BOBBIN, slow, quick, never, env=env) as app:
        window = app.window("^Bobbin$")
        wait(lambda: "Finished" in state_of(window, "quick.bin"), what="a finished download")
        wait(lambda: "Downloading" in state_of(window, "slow.bin"), what="a running download")
        for action, after in (("win.pause", "Paused"), ("win.resume", "Downloading")):
            window.find("list item", "^slow.bin" + ROW).click()
            wait(lambda a=action: a in window.actions, what=action)
            window.do(action)
            wait(lambda s=after: s in state_of(window, "slow.bin"), what=after)
        key("alt+Home")
        window.find("list item", "^never.bin" + ROW).click()
        wait(lambda: "win.remove" in window.actions, what="win.remove")
        window.do("win.remove")
        wait(lambda: not state_of(window, "never.bin"), what="a removed row")
        key("ctrl+q")
        assert app.process.wait(60) == 0
    with App(BOBBIN, env=env) as app:
        window = app.window("^Bobbin$")
        wait(lambda: state_of(window, "slow.bin"), what="the list after a restart")
        key("ctrl+q")
        assert app.process.wait(60) == 0


def test_no_call_of_the_main_thread_waits_for_a_disk_or_the_network():
    env = {
        "LD_PRELOAD": os.environ["BOBBIN_WATCHER"],
        "BOBBIN_WATCH": LOG,
        "BOBBIN_WATCH_ROOTS": ":".join((os.path.join(STATE, "bobbin"), os.path.join(HOME, "Downloads"))),
    }  # fmt: skip
    server = subprocess.Popen(
        [os.environ["BOBBIN_SERVER"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        address = server.stdout.readline().strip().rstrip("/")
        live_a_day(address, env)
    finally:
        server.stdin.close()
        server.wait(60)
    lines = watched()
    assert any(line.startswith("other ") for line in lines), "the watcher has seen nothing at all"
    wrong = sorted({line for line in lines if line.startswith("main ")})
    assert not wrong, f"{len(wrong)} calls of the main thread:\n" + "\n".join(wrong)


cases.run()
