"""desk: what the window's tests share: the program, its window, its rows and folders."""
# SPDX-License-Identifier: GPL-3.0-or-later
import glob
import os
import subprocess

import person
from person import App, wait

BOBBIN = os.environ["BOBBIN"]
ROW = r", (Waiting|Connecting|Downloading|Paused|Checking|Finished|Failed|Cancelled)"


def downloads_folder():
    return os.path.join(os.environ["HOME"], "Downloads")


def forget_everything():
    """A fresh person: no list, no files, no remembered window."""
    state = os.path.join(os.environ["XDG_STATE_HOME"], "bobbin")
    for folder in (state, downloads_folder()):
        for path in glob.glob(os.path.join(folder, "*")):
            os.unlink(path)


class Desk:
    """Bobbin started with these words, and its window."""

    def __init__(self, *words, fresh=True, env=None):
        if fresh:
            forget_everything()
        self.app = App(BOBBIN, *words, env=env)
        self.window = self.app.window("^Bobbin$")

    def rows(self):
        """The rows as (name, state and share), from the top."""
        found = self.window.all("list item", ROW)
        found.sort(key=lambda row: row.box[1])
        return [tuple(row.name.split(", ", 1)) for row in found]

    def row(self, name):
        return self.window.find("list item", rf"^{name}, ")

    def state(self, name):
        return dict(self.rows()).get(name, "")

    def wait_state(self, name, state, seconds=None):
        wait(lambda: self.state(name).startswith(state), seconds, what=f"{name} {state}")

    def text_of(self, name):
        """The row's line of sizes, as a screen reader says it."""
        return self.row(name).description

    def do(self, action):
        """One of the window's actions, once it is enabled."""
        wait(lambda: action in self.window.actions, what=f"enabled {action}")
        self.window.do(action)

    def is_enabled(self, action):
        return action in self.window.actions

    def add(self, *lines):
        """Types into Add Downloads and presses Download."""
        self.do("win.add")
        dialog = self.app.window("^Add Downloads$")
        dialog.find("text", "^Addresses$").set_text("\n".join(lines))
        button = dialog.find("push button", "^Download")
        wait(lambda: button.enabled, what="enabled Download")
        button.do()
        wait(lambda: not self.app.root.all("dialog", "^Add Downloads$")
             and not self.app.root.all("frame", "^Add Downloads$"), what="end of Add Downloads")

    def quit(self):
        self.do_app("quit")
        return self.app.process.wait(person.PATIENCE)

    def do_app(self, action):
        subprocess.run(
            ["gdbus", "call", "--session", "--dest", "org.bobbin.Bobbin",
             "--object-path", "/org/bobbin/Bobbin", "--method",
             "org.gtk.Actions.Activate", action, "[]", "{}"],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def file(self, name):
        with open(os.path.join(downloads_folder(), name), "rb") as stream:
            return stream.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.app.close()
