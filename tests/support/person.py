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

from accessible import DESKTOP, FACES, Face, GLib, State, call, process_of

# How long something may take on a loaded machine, or under a sanitizer.
PATIENCE = float(os.environ.get("BOBBIN_TEST_PATIENCE", 60))


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


def drag_until(places, done):
    """Drags from and to what @places says until @done: programs that are late miss a handshake."""

    def tried():
        if not done():
            drag(*places())
        try:
            return wait(done, 10)
        except AssertionError:
            return None

    return wait(tried, 3 * PATIENCE, what="end of the drag")


def drag(x0, y0, x1, y1, steps=25):
    """Drags with the pointer; the pauses let both programs and the X server do their handshake."""
    xdo("mousemove", x0, y0)
    time.sleep(0.1)
    xdo("mousedown", 1)
    time.sleep(0.1)
    for step in range(1, steps + 1):
        xdo("mousemove", x0 + (x1 - x0) * step // steps, y0 + (y1 - y0) * step // steps)
        time.sleep(0.02)
    time.sleep(0.6)
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


TOPS = ("window", "frame", "application", "dialog", "alert")


class Node(Face):
    """One accessible object, and what a person does with it."""

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

        def candidates():
            yield self
            yield from (node for depth, node in self.walk() if depth)
            above = self.parent
            while above is not None and above.role not in TOPS:
                yield above
                above = above.parent

        for node in candidates():
            actions = node.actions
            if actions and (action is None or action in actions):
                node.act(action or actions[0])
                return self
        raise AssertionError(f"{self!r} has no action")

    def focus(self):
        """Tab by Tab, as whoever has no pointer: GTK 4.8 lets no assistive tool set the focus."""
        top = window_of(self)
        seen = []

        def where():
            return next((n.ref for n in top.each(hidden=True, has=[State.FOCUSED])), None)

        while not self.has_focus:
            at = where()
            if at in seen and at is not None:
                raise AssertionError(f"Tab does not lead to {self!r}")
            seen.append(at)
            key("Tab")
            wait(lambda before=at: where() != before, what="another focus")
        return self

    def click(self, button=1, double=False, at=(0.5, 0.5)):
        """A real click; @at is a fraction of the widget's width and height."""
        x, y = self.resting(at)
        xdo("mousemove", x, y)
        xdo("click", *(["--repeat", 2, "--delay", 60] if double else []), button)
        return self

    def on_screen(self, at=(0.5, 0.5)):
        x, y, w, h = wait(
            lambda: (lambda b: b if b[2] > 0 else None)(self.box), what=f"extents of {self!r}"
        )
        left, top = window_origin(self)
        return int(left + x + w * at[0]), int(top + y + h * at[1])

    def resting(self, at=(0.5, 0.5)):
        """The place on the screen once it is the same twice: a menu may still be on its way there."""
        last = None

        def rests():
            nonlocal last
            try:
                before, last = last, self.on_screen(at)
            except LookupError:
                return False
            return before == last

        wait(rests, what=f"rest of {self!r}")
        return last

    def inside(self):
        """Whether it is in the visible part of its window: a list also tells of rows scrolled away."""
        x, y, w, h = self.box
        width, height = window_of(self).box[2:]
        return 0 < x + w / 2 < width and 0 < y + h / 2 < height


def window_of(node):
    while node.parent is not None and node.parent.role != "application":
        node = node.parent
    return node


def window_origin(node):
    """Where on the screen the node's window is, found by its title: AT-SPI cannot say in GTK 4."""
    top = window_of(node)
    width, height = top.box[2:]
    search = ["xdotool", "search", "--onlyvisible", "--name", f"^{re.escape(top.name)}$"]
    shown = subprocess.run(search, capture_output=True, text=True).stdout.split()
    places = {window: x_geometry(window) for window in shown}
    # An open menu is an X window of its own, of the size of the popover that is its node.
    above = node
    menu = False
    while len(places) > 1 and above is not None and above.role not in TOPS:
        menu = menu or above.role == "menu"
        if "Component" in above.faces:
            left, up, *size = above.box
            for x, y, *x_size in places.values():
                if size == x_size:
                    return x - left, y - up
        above = above.parent
    if menu:
        raise LookupError("the menu is on its way")
    for window, (x, y, w, h) in places.items():
        if w < width or h < height:
            continue
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
    raise LookupError(f"no X window called {top.name!r}")


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
        for ref in call(DESKTOP, FACES + "Accessible", "GetChildren"):
            try:
                if process_of(ref) == self.process.pid and list(Node(ref).kids):
                    return Node(ref)
            except GLib.Error:
                pass  # another program that has ended meanwhile
        return None

    def window(self, name=None, seconds=None):
        return self.root.find(TOPS, name, seconds)

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
        node.get("ChildCount")
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


def all_named(node, what="the window"):
    bad = unnamed(node)
    assert not bad, f"{what}: {bad}"


def unnamed(node, roles=CONTROLS, hidden=False):
    """Paths to the controls that have no accessible name: a test asserts that there are none."""
    bad = []

    def visit(n, path):
        path = path + [f"{n.role}:{n.name}"]
        # A picture within a tab or a row is part of it, as in a button: that has the name.
        part = n.role == "image" and any(
            p.partition(":")[0] in CONTROLS - {"list", "list box"} and p.partition(":")[2]
            for p in path[:-1]
        )
        # GTK 4.8 has no name for the items of its own lists: what is read is the label in them.
        part = part or n.role == "list item" and any(n.each("label", "."))
        if n.role in roles and not n.name.strip() and not part:
            bad.append(" / ".join(path[-4:]))
        for kid in n.kids:
            if hidden or kid.shown:
                visit(kid, path)

    visit(node, [])
    return bad
