"""The window that nobody touches does not wake: nothing of ours ticks while nothing happens."""
# SPDX-License-Identifier: GPL-3.0-or-later
import os

import cases
import desk
from counting import judge, wakes_per_second
from person import wait

# Its first seconds are for what is put off until it is shown.
QUIET = 3


def test_an_idle_window_does_not_wake():
    with desk.Desk() as window:
        pid = window.app.process.pid
        # It has come to rest when it has been as quiet as that once; the bound is for a longer look.
        wait(lambda: wakes_per_second(pid, 1) <= QUIET, what="rest")
        judge("idle.wakes", 1 + wakes_per_second(pid, 5))


cases.run()
