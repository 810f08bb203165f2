"""floors: what may include what.

From the ground: base, engine/plan, engine/http and engine/disk, engine/run,
engine/model, then ui and cli; base, lab, then ui and cli. An include never runs
upwards or across, files never include each other in a circle, GTK stays in ui,
libsoup in engine/http, SQLite in engine/disk, GMP in lab.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re

# What each room may stand on, beside itself.
ROOMS = {
    "base": (),
    "engine/plan": ("base",),
    "engine/http": ("base", "engine/plan"),
    "engine/disk": ("base", "engine/plan"),
    "engine/run": ("base", "engine/plan", "engine/http", "engine/disk"),
    "engine/model": (
        "base", "engine", "engine/plan", "engine/http", "engine/disk", "engine/run",
    ),
    "engine": ("base", "engine/plan", "engine/http", "engine/disk", "engine/run", "engine/model"),
    "lab/language": ("base",),
    "lab/machine": ("base", "lab/language"),
    "lab/explore": ("base", "lab/language", "lab/machine"),
    "lab/real": ("base", "lab/language", "lab/machine"),
    "lab": ("base", "lab/language", "lab/machine", "lab/explore", "lab/real"),
    "ui": ("base", "engine", "lab"),
    "cli": ("base", "engine", "lab"),
}  # fmt: skip
# Of these rooms, the tops of the house see one header alone.
DOORS = {"engine": "engine/engine.h", "lab": "lab/lab.h"}

# A library's headers, and the rooms that may see them.
KEPT = (
    (r"(gtk|gdk|gsk)/|adwaita\.h", ("ui",), "GTK"),
    (r"libsoup/", ("engine/http",), "libsoup"),
    (r"sqlite3\.h", ("engine/disk",), "SQLite"),
    (r"gmp\.h", ("lab", "lab/language", "lab/machine", "lab/explore", "lab/real"), "GMP"),
)

# Uses of a type alone that still look back, from -> to; each is to go.
LOOKING_BACK = {
    ("engine/run/events", "engine/run/transfer"),
    ("lab/real/body", "lab/real/runner"),
    ("ui/window", "ui/application"),
}

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.MULTILINE)


def room_of(path):
    """The room of a path below src; the longest name that fits."""
    fitting = [room for room in ROOMS if path.startswith(room + "/")]
    return max(fitting, key=len) if fitting else None


def includes(files):
    """(path below src, line, bracket, included) for each include in src."""
    for path, text in sorted(files.items()):
        if path.startswith("src/") and path.endswith((".c", ".h")):
            for match in INCLUDE.finditer(text):
                line = text.count("\n", 0, match.start()) + 1
                yield path[4:], line, match[1], match[2]


def wrong_way(here, there, included):
    if there is None:
        return "is in no room of the house"
    if here == there:
        return None
    if there not in ROOMS[here]:
        return f"runs from {here} up or across to {there}"
    if here in ("ui", "cli") and there in DOORS and included != DOORS[there]:
        return f"goes round {DOORS[there]}"
    return None


def upward_faults(files):
    faults = []
    for path, line, bracket, included in includes(files):
        here = room_of(path)
        if here is None:
            faults.append(f"src/{path}:{line}: is in no room of the house")
        elif bracket == '"':
            wrong = wrong_way(here, room_of(included), included)
            if wrong:
                faults.append(f'src/{path}:{line}: "{included}" {wrong}')
        else:
            for pattern, rooms, library in KEPT:
                if re.match(pattern, included) and here not in rooms:
                    faults.append(f"src/{path}:{line}: <{included}>: {library} stays in {rooms[0]}")
    return faults


def module_of(path):
    return os.path.splitext(path)[0].removesuffix("-private")


def circle_faults(files):
    """Circles between modules; a module is a .c with its .h and its -private.h."""
    graph = {}
    for path, _, bracket, included in includes(files):
        if bracket == '"':
            here, there = module_of(path), module_of(included)
            if here != there and (here, there) not in LOOKING_BACK:
                graph.setdefault(here, set()).add(there)
    faults, done = [], set()

    def visit(node, trail):
        if node in trail:
            faults.append("src/" + " -> ".join(trail[trail.index(node):] + [node]) + ": a circle")
            return
        if node in done:
            return
        for to in sorted(graph.get(node, ())):
            visit(to, trail + [node])
        done.add(node)

    for node in sorted(graph):
        visit(node, [])
    return faults
