"""accessible: a program's widgets as assistive tools see them, over the accessibility bus.

Asks for all of a program's objects in one call, where a walk from object to object
is thousands: a window is looked through in a blink, and on a loaded machine in a
second. What a Node answers is always asked anew.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import functools
import re
import warnings

import gi

warnings.simplefilter("ignore", DeprecationWarning)
gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402

State = Atspi.StateType
TIMEOUT_MS = 60000
WINDOW = 1  # coordinates within the window: GTK 4 knows no others
FACES = "org.a11y.atspi."
DESKTOP = ("org.a11y.atspi.Registry", "/org/a11y/atspi/accessible/root")
NOBODY = "/org/a11y/atspi/null"


@functools.cache
def bus():
    address = Gio.bus_get_sync(Gio.BusType.SESSION).call_sync(
        "org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress",
        None, None, 0, TIMEOUT_MS, None).unpack()[0]  # fmt: skip
    flags = Gio.DBusConnectionFlags
    return Gio.DBusConnection.new_for_address_sync(
        address, flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION, None, None
    )


def call(ref, face, method, signature=None, *values):
    """One call; its answer as Python values, without the tuple where it is one."""
    given = GLib.Variant(signature, values) if signature else None
    answer = bus().call_sync(*ref, face, method, given, None, 0, TIMEOUT_MS, None).unpack()
    return answer[0] if len(answer) == 1 else answer


def get(ref, face, name):
    return call(ref, "org.freedesktop.DBus.Properties", "Get", "(ss)", FACES + face, name)


def process_of(ref):
    dbus = ("org.freedesktop.DBus", "/org/freedesktop/DBus")
    return call(dbus, dbus[0], "GetConnectionUnixProcessID", "(s)", ref[0])


def clean(name):
    """GTK 4.8 says "_Save Save" for a mnemonic button, and a type's name for want of any other."""
    half = len(name) // 2
    if "_" in name[:half] and name[:half].replace("_", "", 1) == name[half + 1 :]:
        return name[half + 1 :]
    return "" if re.fullmatch(r"(Gtk|Adw|Ui)[A-Z]\w+", name) else name


def has_states(bits, states):
    both = bits[0] | bits[1] << 32
    return all(both >> int(state) & 1 for state in states)


class Snapshot:
    """All objects of a program at one moment: as objects and their children in order."""

    def __init__(self, owner):
        cache = (owner, "/org/a11y/atspi/cache")
        known = set()
        self.shown = {}  # path → what is_shown() has found
        while True:
            self.items = {i[0][1]: i for i in call(cache, FACES + "Cache", "GetItems")}
            self.below = {}
            for path, item in self.items.items():
                self.below.setdefault(item[2][1], []).append((item[3], path))
            # An object is made when it is asked for first: who has more children is asked for them.
            # One that is hidden by now is known still: what counts is that each place is taken.
            more = [path for path, item in self.items.items()
                    if not {place for place, _ in self.below.get(path, ())}.issuperset(range(item[4]))
                    and path not in known]  # fmt: skip
            if not more:
                break
            for path in more:
                known.add(path)
                try:
                    call((owner, path), FACES + "Accessible", "GetChildren")
                except GLib.Error:
                    pass  # gone meanwhile

    def is_shown(self, node):
        """Whether it is, and all around it: what is hidden leaves a size to what is in it."""
        path = node.ref[1]
        item = self.items.get(path)
        if item is None or Atspi.Role(item[7]) == Atspi.Role.APPLICATION:
            return True
        if path not in self.shown:
            above = type(node)((node.ref[0], item[2][1]))
            self.shown[path] = node.shown and self.is_shown(above)
        return self.shown[path]

    def walk(self, path, depth=0):
        yield depth, path
        for _, below in sorted(self.below.get(path, ())):
            yield from self.walk(below, depth + 1)


class Face:
    """What Node needs of one accessible object, each answer asked for anew."""

    def __init__(self, ref):
        self.ref = tuple(ref)

    def ask(self, method, signature=None, *values, face="Accessible"):
        return call(self.ref, FACES + face, method, signature, *values)

    def get(self, name, face="Accessible"):
        return get(self.ref, face, name)

    @property
    def faces(self):
        return [face.removeprefix(FACES) for face in self.ask("GetInterfaces")]

    @property
    def role(self):
        return Atspi.role_get_name(Atspi.Role(self.ask("GetRole")))

    @property
    def name(self):
        return clean(self.get("Name"))

    @property
    def description(self):
        return self.get("Description")

    def has(self, *states):
        return has_states(self.ask("GetState"), states)

    @property
    def shown(self):
        # GTK 4.8 sets SHOWING on windows only; what is not mapped has no size.
        if self.has(State.SHOWING):
            return True
        if not self.has(State.VISIBLE):
            return False
        try:
            return all(size > 0 for size in self.box[2:])
        except GLib.Error:
            return True  # a stack's page has no place of its own: what is in it tells

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
        owner, path = self.get("Parent")
        return None if path == NOBODY else type(self)((owner, path))

    @property
    def kids(self):
        for ref in self.ask("GetChildren"):
            if ref[1] != NOBODY:
                yield type(self)(ref)

    def walk(self, hidden=False):
        """This and all below, as (depth, node); without what is not shown unless @hidden."""
        hides = None
        for depth, path in Snapshot(self.ref[0]).walk(self.ref[1]):
            node = type(self)((self.ref[0], path))
            if hides is not None and depth > hides:
                continue
            hides = None
            try:
                if depth and not hidden and not node.shown:
                    hides = depth
                    continue
            except GLib.Error:
                continue  # gone meanwhile
            yield depth, node

    @property
    def text(self):
        if "Text" not in self.faces:
            return self.name
        # In GTK 4.8 the range (0, -1) gives nothing.
        return self.ask("GetText", "(ii)", 0, self.get("CharacterCount", "Text"), face="Text")

    @property
    def value(self):
        """The value and its bounds, or None."""
        if "Value" not in self.faces:
            return None
        return tuple(self.get(name, "Value")
                     for name in ("CurrentValue", "MinimumValue", "MaximumValue"))  # fmt: skip

    @property
    def actions(self):
        names = []
        if "Action" not in self.faces:
            return names
        for i in range(self.get("NActions", "Action")):
            try:
                names.append(self.ask("GetName", "(i)", i, face="Action"))
            except GLib.Error:
                break  # GTK counts actions that it then does not name
        return names

    @property
    def box(self):
        """x, y, width, height in window coordinates."""
        return tuple(self.ask("GetExtents", "(u)", WINDOW, face="Component"))

    def each(self, role=None, name=None, hidden=False, has=()):
        """Descendants of a role (or one of several) whose name matches."""
        pattern = re.compile(name) if isinstance(name, str) else name
        roles = {role} if isinstance(role, str) else role
        snapshot = Snapshot(self.ref[0])
        for depth, path in snapshot.walk(self.ref[1]):
            item = snapshot.items.get(path)
            if not depth or item is None or (
                roles and Atspi.role_get_name(Atspi.Role(item[7])) not in roles
            ) or (pattern and not pattern.search(clean(item[6]))) or not has_states(item[9], has):  # fmt: skip
                continue
            node = type(self)((self.ref[0], path))
            try:
                if hidden or snapshot.is_shown(node):
                    yield node
            except GLib.Error:
                pass  # gone meanwhile

    def all(self, *args, **kwargs):
        return list(self.each(*args, **kwargs))

    def act(self, action):
        self.ask("DoAction", "(i)", self.actions.index(action), face="Action")

    @property
    def has_focus(self):
        """Whether the keys are for this or something in it."""
        return self.focused or any(True for _ in self.each(hidden=True, has=[State.FOCUSED]))

    def set_text(self, text):
        if "EditableText" not in self.faces:
            raise AssertionError(f"{self!r} cannot be edited")
        self.ask("SetTextContents", "(s)", text, face="EditableText")
        return self

    def tree(self, hidden=False):
        """The lines of a picture of the tree, for whoever writes a test."""
        for depth, node in self.walk(hidden):
            line = f"{'  ' * depth}{node.role} {node.name!r}"
            if "Text" in node.faces:
                line += f" text={node.text[:60]!r}"
            if node.actions:
                line += f" do={node.actions}"
            yield line

    def __repr__(self):
        try:
            return f"<{self.role} {self.get('Name')!r}>"
        except GLib.Error:
            return "<gone>"
