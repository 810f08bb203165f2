"""desk: what the window's tests share: the program, its window, its rows and folders."""
# SPDX-License-Identifier: GPL-3.0-or-later
import configparser
import glob
import os
import re
import shutil
import subprocess

import person
from person import App, State, key, wait

BOBBIN = os.environ["BOBBIN"]
MENU_ITEM = ("menu item", "check menu item", "radio menu item", "check box", "radio button")
ROW = r", (Waiting|Connecting|Downloading|Paused|Checking|Finished|Failed|Cancelled)"


def downloads_folder():
    return os.path.join(os.environ["HOME"], "Downloads")


SETTINGS = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0/settings/keyfile")
GROUP = "org/bobbin/Bobbin"


def forget_everything():
    """A fresh person: no list, no files, no remembered window, nothing chosen."""
    state = os.path.join(os.environ["XDG_STATE_HOME"], "bobbin")
    for folder in (state, downloads_folder()):
        for path in glob.glob(os.path.join(folder, "*")):
            shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)
    if os.path.exists(SETTINGS):
        os.unlink(SETTINGS)


def choose(**settings):
    """Settings, written as GVariants with underscores for hyphens; a running program sees them."""
    os.makedirs(os.path.dirname(SETTINGS), exist_ok=True)
    chosen = configparser.RawConfigParser()
    chosen.read(SETTINGS)
    if not chosen.has_section(GROUP):
        chosen.add_section(GROUP)
    for key, value in settings.items():
        chosen.set(GROUP, key.replace("_", "-"), value)
    with open(SETTINGS, "w", encoding="utf-8") as stream:
        chosen.write(stream, space_around_delimiters=False)


def chosen(key):
    """What the program has written down for a setting, None where it is as it came."""
    kept = configparser.RawConfigParser()
    kept.read(SETTINGS)
    return kept.get(GROUP, key, fallback=None)


def split(name):
    """A row's accessible name as the file's name, and the rest; a name may have commas."""
    at = re.search(ROW, name).start()
    return name[:at], name[at + 2 :]


class Desk:
    """Bobbin started with these words, and its window."""

    def __init__(self, *words, fresh=True, env=None, settings=None, within=()):
        """@within: a command that becomes the program, given as its last words."""
        if fresh:
            forget_everything()
        choose(**(settings or {}))
        self.app = App(*within, BOBBIN, *words, env={"GSETTINGS_BACKEND": "keyfile", **(env or {})})
        self.window = self.app.window("^Bobbin$")
        self.list = self.window.find("list", "^Downloads$", hidden=True)
        # Whoever presses a key means this window: a slow window manager may not have said so yet.
        wait(lambda: self.window.has(State.ACTIVE), what="the window in front")

    def items(self):
        """The rows' nodes, from the top; those scrolled away too."""
        found = [row for row in self.list.kids if row.shown and re.search(ROW, row.name)]
        return sorted(found, key=lambda row: row.box[1])

    def rows(self):
        """The rows as (name, state and share), from the top."""
        return [split(row.name) for row in self.items()]

    def names(self):
        return [name for name, _ in self.rows()]

    def row(self, name):
        return wait(lambda: next((r for r in self.items() if split(r.name)[0] == name), None),
                    what=f"row of {name}")  # fmt: skip

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

    def select(self, *names):
        """Clicks the first, adds the others with Ctrl held."""
        self.row(names[0]).click()
        for name in names[1:]:
            person.xdo("keydown", "ctrl")
            try:
                self.row(name).click()
            finally:
                person.xdo("keyup", "ctrl")
        wait(lambda: sorted(split(r.name)[0] for r in self.items() if r.selected) == sorted(names),
             what=f"selection of {names}")  # fmt: skip

    def menu(self, name, *labels):
        """Picks from the row's context menu, by the pointer; submenus as further labels."""
        self.open_menu(lambda: self.row(name).click(3, at=(0.3, 0.5)))
        self.pick(*labels)

    def open_menu(self, ask):
        """Asks until a menu is there: an X server that is late may give the click to the last one."""

        def is_open():
            if not self.window.all("menu"):
                ask()
            try:
                return self.window.find("menu", seconds=10)
            except AssertionError:
                return None

        wait(is_open, what="menu")

    def pick(self, *labels):
        """Clicks through the menu that is open."""
        for label in labels:
            item = self.window.find(MENU_ITEM, f"^{re.escape(label)}$")
            wait(lambda i=item: i.enabled, what=f"enabled {label}")
            item.click()
        self.window.gone("menu")

    def pick_by_key(self, label):
        """Walks through the menu that is open, and picks with Return."""

        def at():
            return next((i.name for i in self.window.each(MENU_ITEM, has=[State.FOCUSED])), None)

        for _ in self.menu_items():
            if at() == label:
                break
            before = at()
            key("Down")
            wait(lambda b=before: at() not in (b, None), what="the next item")
        assert at() == label, f"the keys lead to {at()!r}"
        key("Return")
        self.window.gone("menu")

    def menu_items(self):
        """What the open menu offers, as label → whether it can be picked."""
        return {i.name: i.enabled for i in self.window.all(MENU_ITEM) if i.name}

    def says(self, text):
        """Waits for a toast or another label that has this in it."""
        self.window.find("label", text)

    def window_action(self, name, *values):
        """An action of the window over the session bus, as scripts call it."""
        self.bus_action("/org/bobbin/Bobbin/window/1", name, *values)

    def bus_action(self, path, name, *values):
        subprocess.run(
            ["gdbus", "call", "--session", "--dest", "org.bobbin.Bobbin", "--object-path", path,
             "--method", "org.gtk.Actions.Activate", name, f"[{', '.join(f'<{v}>' for v in values)}]",
             "{}"],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def quit(self):
        self.do_app("quit")
        return self.app.process.wait(person.PATIENCE)

    def do_app(self, action, *values):
        self.bus_action("/org/bobbin/Bobbin", action, *values)

    def file(self, name):
        with open(os.path.join(downloads_folder(), name), "rb") as stream:
            return stream.read()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.app.close()
