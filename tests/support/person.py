"""person: drives a GTK 4 program from outside, as a person would.

Names and roles come from the accessible tree, clicks and keys go through the X
server to real pixels, or through a widget's own action. Everything that looks
for something waits until it is there, so no test needs a bare sleep. Needs
python3-gi, gir1.2-atspi-2.0, at-spi2-core, xdotool, x11-utils and xclip, and
runs under tests/support/headless.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import itertools
import os
import re
import subprocess
import time
import warnings

import gi

warnings.simplefilter("ignore", DeprecationWarning)
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

Atspi.init()
Atspi.set_timeout(10000, 20000)
State = Atspi.StateType

# How long something may take on a loaded machine, or under a sanitizer.
PATIENCE = float(os.environ.get("BOBBIN_TEST_PATIENCE", 20))


def wait(question, seconds=None, what="condition"):
    """Asks until the answer is true and returns it; a node that went away answers "not yet"."""
    end = time.monotonic() + (PATIENCE if seconds is None else seconds)
    last = None
    while True:
        try:
            answer = question()
            if answer:
                return answer
        except GLib.Error as error:
            last = error
        if time.monotonic() > end:
            raise AssertionError(f"no {what} in time" + (f" ({last.message})" if last else ""))
        time.sleep(0.05)


def xdo(*arguments):
    return subprocess.run(
        ["xdotool", *map(str, arguments)], check=True, capture_output=True, text=True
    ).stdout.strip()


def key(*keys):
    xdo("key", "--clearmodifiers", *keys)


def type_text(text):
    xdo("type", "--delay", "8", text)


def drag(x0, y0, x1, y1, steps=25):
    """Drags with the pointer; the pauses let both programs and the X server do their handshake."""
    xdo("mousemove", x0, y0)
    time.sleep(0.1)
    xdo("mousedown", 1)
    time.sleep(0.1)
    for step in range(1, steps + 1):
        xdo("mousemove", x0 + (x1 - x0) * step // steps, y0 + (y1 - y0) * step // steps)
        time.sleep(0.02)
    time.sleep(0.3)
    xdo("mouseup", 1)


def clipboard_set(text):
    # xclip stays to serve the selection: it must hold no pipe of ours open.
    subprocess.run(
        ["xclip", "-selection", "clipboard", "-i"],
        input=text.encode(),
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def clipboard_get():
    return subprocess.run(
        ["xclip", "-selection", "clipboard", "-o"], capture_output=True, timeout=PATIENCE
    ).stdout.decode()


def x_geometry(window):
    """x, y, width, height; xdotool counts a window manager's frame twice."""
    out = subprocess.run(
        ["xwininfo", "-id", window], check=True, capture_output=True, text=True
    ).stdout
    keys = ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
    return tuple(int(re.search(k + r":\s+(-?\d+)", out)[1]) for k in keys)


class Node:
    """One accessible object."""

    def __init__(self, accessible):
        self.a = accessible

    @property
    def role(self):
        return self.a.get_role_name()

    @property
    def name(self):
        # GTK 4.8 says "_Save Save" for a mnemonic button, and a type's name for want of any other.
        name = self.a.get_name() or ""
        mnemonic = re.fullmatch(r"(.*_.*) (.*)", name)
        if mnemonic and mnemonic[1].replace("_", "", 1) == mnemonic[2]:
            return mnemonic[2]
        return "" if re.fullmatch(r"(Gtk|Adw|Ui)[A-Z]\w+", name) else name

    @property
    def description(self):
        return self.a.get_description() or ""

    def has(self, *states):
        mine = self.a.get_state_set()
        return all(mine.contains(state) for state in states)

    @property
    def shown(self):
        # GTK 4.8 sets SHOWING on windows only; what is not mapped has no size.
        if self.has(State.SHOWING):
            return True
        if not self.has(State.VISIBLE):
            return False
        component = self.a.get_component_iface()
        extents = component and component.get_extents(Atspi.CoordType.WINDOW)
        return bool(extents and extents.width > 0 and extents.height > 0)

    @property
    def enabled(self):
        return self.has(State.SENSITIVE)

    @property
    def focused(self):
        return self.has(State.FOCUSED)

    @property
    def active(self):
        return self.has(State.CHECKED) or self.has(State.PRESSED)

    @property
    def expanded(self):
        return self.has(State.EXPANDED)

    @property
    def selected(self):
        return self.has(State.SELECTED)

    @property
    def parent(self):
        parent = self.a.get_parent()
        return Node(parent) if parent else None

    @property
    def kids(self):
        for i in range(self.a.get_child_count()):
            try:
                child = self.a.get_child_at_index(i)
            except GLib.Error:
                continue
            if child is not None:
                yield Node(child)

    def walk(self, hidden=False, depth=0):
        yield depth, self
        for kid in self.kids:
            try:
                if hidden or kid.shown:
                    yield from kid.walk(hidden, depth + 1)
            except GLib.Error:
                pass

    @property
    def text(self):
        text = self.a.get_text_iface()
        # In GTK 4.8 the range (0, -1) gives nothing.
        return (
            Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text))
            if text
            else self.name
        )

    @property
    def value(self):
        """The value and its bounds, or None."""
        v = self.a.get_value_iface()
        return v and (v.get_current_value(), v.get_minimum_value(), v.get_maximum_value())

    @property
    def actions(self):
        action = self.a.get_action_iface()
        names = []
        for i in range(action.get_n_actions() if action else 0):
            try:
                names.append(action.get_action_name(i))
            except GLib.Error:
                break  # GTK counts actions that it then does not name
        return names

    @property
    def box(self):
        """x, y, width, height in window coordinates: GTK 4 knows no others."""
        e = self.a.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
        return e.x, e.y, e.width, e.height

    def each(self, role=None, name=None, hidden=False, has=()):
        """Descendants of a role (or one of several) whose name matches; cheapest question first."""
        pattern = re.compile(name) if isinstance(name, str) else name
        roles = {role} if isinstance(role, str) else role
        for depth, node in self.walk(True):
            try:
                if (
                    depth
                    and (not roles or node.role in roles)
                    and (not pattern or pattern.search(node.name))
                    and (hidden or node.shown)
                    and node.has(*has)
                ):
                    yield node
            except GLib.Error:
                pass  # gone meanwhile

    def all(self, *args, **kwargs):
        return list(self.each(*args, **kwargs))

    def find(self, role=None, name=None, seconds=None, hidden=False, nth=0, has=()):
        """The nth such descendant, waited for."""
        return wait(
            lambda: next(itertools.islice(self.each(role, name, hidden, has), nth, None), None),
            seconds,
            what=f"{role or 'node'} named {name!r}",
        )

    def gone(self, role=None, name=None, seconds=None):
        wait(lambda: not self.all(role, name), seconds, what=f"end of {role} {name!r}")

    def do(self, action=None):
        """The widget's own action, or that of the nearest descendant or ancestor that has one."""
        candidates = [self] + [node for depth, node in self.walk() if depth]
        above = self.parent
        while above is not None and above.role not in ("window", "frame", "application", "dialog"):
            candidates.append(above)
            above = above.parent
        for node in candidates:
            actions = node.actions
            if actions and (action is None or action in actions):
                node.a.get_action_iface().do_action(actions.index(action) if action else 0)
                return self
        raise AssertionError(f"{self!r} has no action")

    def focus(self):
        self.a.get_component_iface().grab_focus()
        wait(lambda: self.focused, what=f"focus on {self!r}")
        return self

    def click(self, button=1, double=False, at=(0.5, 0.5)):
        """A real click; @at is a fraction of the widget's width and height."""
        x, y = self.on_screen(at)
        xdo("mousemove", x, y)
        xdo("click", *(["--repeat", 2, "--delay", 60] if double else []), button)
        return self

    def on_screen(self, at=(0.5, 0.5)):
        x, y, w, h = wait(
            lambda: (lambda b: b if b[2] > 0 else None)(self.box), what=f"extents of {self!r}"
        )
        left, top = window_origin(self)
        return int(left + x + w * at[0]), int(top + y + h * at[1])

    def inside(self):
        """Whether it is in the visible part of its window: a list also tells of rows scrolled away."""
        x, y, w, h = self.box
        width, height = window_of(self).box[2:]
        return 0 < x + w / 2 < width and 0 < y + h / 2 < height

    def set_text(self, text):
        editable = self.a.get_editable_text_iface()
        if editable is None:
            raise AssertionError(f"{self!r} cannot be edited")
        editable.set_text_contents(text)
        return self

    def tree(self, hidden=False):
        """The lines of a picture of the tree, for whoever writes a test."""
        for depth, node in self.walk(hidden):
            line = f"{'  ' * depth}{node.role} {node.name!r}"
            if node.a.get_text_iface():
                line += f" text={node.text[:60]!r}"
            if node.actions:
                line += f" do={node.actions}"
            yield line

    def __repr__(self):
        return f"<{self.a.get_role_name()} {self.a.get_name()!r}>"


def window_of(node):
    while node.parent is not None and node.parent.role != "application":
        node = node.parent
    return node


def window_origin(node):
    """Where on the screen the node's window is, found by its title: AT-SPI cannot say in GTK 4."""
    top = window_of(node)
    width, height = top.box[2:]
    for window in xdo("search", "--onlyvisible", "--name", f"^{re.escape(top.name)}$").split():
        x, y, w, h = x_geometry(window)
        extents = subprocess.run(
            ["xprop", "-id", window, "-notype", "_GTK_FRAME_EXTENTS"],
            capture_output=True,
            text=True,
        ).stdout.partition("=")[2]
        shadow = [int(n) for n in re.findall(r"\d+", extents)]
        if any(shadow):
            return x + shadow[0], y + shadow[2]
        # The plain border that GTK draws itself where there is no compositor.
        return x + (w - width) // 2, y + (h - height) // 2
    raise AssertionError(f"no X window called {top.name!r}")


class App:
    """A program started and found in the accessible desktop by its process id."""

    def __init__(self, *command, env=None, seconds=None):
        self.process = subprocess.Popen(command, env={**os.environ, **(env or {})})
        try:
            self.root = wait(self._find, seconds or 3 * PATIENCE, what="accessible application")
        except BaseException:
            self.close()
            raise

    def _find(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the program ended with status {self.process.returncode}")
        desktop = Atspi.get_desktop(0)
        desktop.set_cache_mask(Atspi.Cache.NONE)
        for i in range(desktop.get_child_count()):
            a = desktop.get_child_at_index(i)
            if a is not None and a.get_process_id() == self.process.pid and a.get_child_count():
                a.set_cache_mask(Atspi.Cache.NONE)
                return Node(a)
        return None

    def window(self, name=None, seconds=None):
        return self.root.find(("frame", "window", "dialog", "alert"), name, seconds)

    def close(self):
        """Asks it to end and returns its status."""
        self.process.terminate()
        try:
            return self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()


def lateness_ms(node, seconds=3.0, period=0.01):
    """How long a person's event would have waited, with no help from the program.

    Its main loop answers AT-SPI calls; one is made every @period. A late call is
    charged from when it was due.
    """
    start = time.monotonic()
    due = start
    late = []
    while due < start + seconds:
        time.sleep(max(0, due - time.monotonic()))
        node.a.get_child_count()
        now = time.monotonic()
        while due <= now and due < start + seconds:
            late.append((now - due) * 1000)
            due += period
    late.sort()

    def at(share):
        return round(late[min(len(late) - 1, int(len(late) * share))], 1)

    return {"n": len(late), "p50": at(0.5), "p90": at(0.9), "p99": at(0.99), "max": at(1)}


CONTROLS = {
    "push button", "toggle button", "check box", "radio button", "switch", "text",
    "password text", "entry", "slider", "spin button", "combo box", "menu item",
    "check menu item", "radio menu item", "list item", "page tab", "progress bar",
    "image", "table row", "link", "list", "list box",
}  # fmt: skip


def unnamed(node, roles=CONTROLS, hidden=False):
    """Paths to the controls that have no accessible name: a test asserts that there are none."""
    bad = []

    def visit(n, path):
        path = path + [f"{n.role}:{n.name}"]
        if n.role in roles and not n.name.strip():
            bad.append(" / ".join(path[-4:]))
        for kid in n.kids:
            if hidden or kid.shown:
                visit(kid, path)

    visit(node, [])
    return bad
