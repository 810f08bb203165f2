"""Pictures of every view and dialog, empty, busy and failed, wide and narrow, kept in BOBBIN_SHOTS.

A case fails where a view cannot be reached, a picture is blank or the window is
not as large as was asked for; what only an eye can judge, an eye has to.
PICTURES names the look, a folder of its own: light, dark, contrast, large, rtl.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re
import subprocess

import cases
from desk import Desk
from lab_desk import LabDesk
from person import key, wait, x_geometry, xdo
from site_of_files import Site

LOOK = os.environ["PICTURES"]

SIZES = {"wide": (1100, 700), "narrow": (360, 640)}
SHOT = os.path.join(os.path.dirname(__file__), "../support/shot")
FOLDER = os.path.join(os.environ["BOBBIN_SHOTS"], LOOK)


def x_window(title):
    """The largest of that name: tooltips and menus have it too."""
    windows = xdo("search", "--onlyvisible", "--name", f"^{re.escape(title)}$").split()
    return max(windows, key=lambda window: x_geometry(window)[2])


def resize(desk, size):
    """Gives the window so many pixels inside of its shadow, or of the border where it has none."""
    window = x_window("Bobbin")
    wanted = SIZES[size]

    def fits():
        outer = x_geometry(window)[2:]
        inner = desk.window.box[2:]
        if inner == wanted:
            return True
        xdo("windowsize", window, *(o + w - i for o, w, i in zip(outer, wanted, inner)))
        return False

    wait(fits, what=f"a window of {size} size, {wanted}")


def shoot(name, title="Bobbin"):
    path = os.path.join(FOLDER, f"{name}.png")
    os.makedirs(FOLDER, exist_ok=True)
    subprocess.run([SHOT, path, f"^{re.escape(title)}$"], check=True)


def both(desk, name, prepare=lambda: None):
    """The view as it is now, wide and narrow."""
    for size in SIZES:
        resize(desk, size)
        prepare()
        shoot(f"{name}-{size}")
    resize(desk, "wide")


def busy(site):
    """Rows of all kinds; what moves stops at a certain byte and stays there."""
    return [
        site.url("debian-12.9.0-amd64-netinst.iso", size=40_000_000, stall=9_000_000),
        site.url("Blender tutorial, part 3.webm", size=12_000_000, stall=3_000_000),
        site.url("live-stream.ogg", size=9_000_000, stall=2_000_000, ranges=0),
        site.url("annual report.pdf", size=120_000),
        site.url("holiday photographs.zip", status=404),
        "http://no-such-host.invalid/lost.tar.xz",
    ]


def show(desk, view):
    key({"downloads": "alt+1", "threads": "alt+2"}[view])


def test_downloads_empty_busy_and_failed():
    with Site() as site, Desk() as desk:
        both(desk, "downloads-empty")
        desk.add(*busy(site))
        desk.wait_state("annual report.pdf", "Finished")
        desk.wait_state("holiday photographs.zip", "Failed")
        desk.wait_state("live-stream.ogg", "Downloading")
        both(desk, "downloads-busy")
        desk.row("holiday photographs.zip").click()
        desk.do("win.details")
        both(desk, "details-failed")
        desk.row("debian-12.9.0-amd64-netinst.iso").click()
        both(desk, "details-active")
        desk.do("win.details")
        desk.do("win.select-all")
        both(desk, "downloads-selected")
        key("ctrl+f")
        both(desk, "downloads-search")


def test_add_downloads_empty_and_filled():
    with Site() as site, Desk() as desk:
        desk.do("win.add")
        dialog = desk.app.window("^Add Downloads$")
        shoot("add-empty", "Add Downloads")
        dialog.find("text", "^Addresses$").set_text(
            "\n".join([site.url("one.iso", size=10_000_000), site.url("two-[01-03].png"),
                       "ftp://old.example/file"]))  # fmt: skip
        dialog.find("label", "not understood")
        shoot("add-filled", "Add Downloads")


def test_dialogs():
    with Desk() as desk:
        desk.do_app("preferences")
        dialog = desk.app.window("^Preferences$")
        pages = [tab.name for tab in dialog.all(("toggle button", "radio button", "page tab"))]
        shoot("preferences", "Preferences")
        assert pages, "no pages in the preferences"
        key("Escape")
        desk.do_app("shortcuts")
        desk.app.window("^Keyboard Shortcuts$")
        shoot("shortcuts", "Keyboard Shortcuts")
        key("Escape")
        desk.do_app("about")
        shoot("about", desk.app.window("About").name)


def test_threads_idle_and_busy():
    with Site() as site, Desk() as desk:
        show(desk, "threads")
        both(desk, "threads-idle")
        desk.add(*busy(site))
        desk.window.find(None, "debian-12")
        both(desk, "threads-busy")


def test_the_race_lab_in_its_modes():
    with LabDesk() as lab:
        both(lab, "lab-before")
        lab.run()
        both(lab, "lab-run")
        lab.mode("Step")
        lab.find("push button", "^Thread A: r = count$").do()
        both(lab, "lab-step")
        lab.mode("Explore")
        lab.press("^Explore")
        both(lab, "lab-explore")
        lab.mode("Compare")
        both(lab, "lab-compare")
        lab.mode("Run")
        lab.press("^Edit")
        both(lab, "lab-edit")


if __name__ == "__main__":
    cases.run()
