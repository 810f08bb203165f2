"""Each preference is set in the window, kept, and in force at once."""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import subprocess

import cases
from desk import Desk, choose, chosen
from person import State, all_named, key, type_text, wait
from site_of_files import Site

SWITCHES = {
    "Downloads": {"Look for Checksum Files": "find-checksums", "Start When Added": "start-when-added",
                  "Watch the Clipboard": "watch-clipboard"},
    "Network": {"Another Limit by Time of Day": "scheduled-limit-enabled",
                "Pause on Metered Networks": "pause-on-metered"},
    "Desktop": {"Keep the Computer Awake": "keep-awake", "Run in Background": "run-in-background",
                "Notifications": "notifications"},
}  # fmt: skip
NUMBERS = {
    "Downloads": {"Downloads": ("max-downloads", 2), "Connections for Each Download":
                  ("connections-per-download", 3), "Connections to Each Server":
                  ("connections-per-host", 5), "Worker Threads": ("workers", 4)},
    "Network": {"Tries After the First": ("retries", 7), "Time-Out in Seconds": ("timeout", 33)},
}  # fmt: skip
CHOICES = {
    "Downloads": {"When the Name Is Taken": ("on-conflict", "'overwrite'")},
    "Network": {"Proxy": ("proxy", "'none'")},
    "Desktop": {"Style": ("appearance", "'light'"), "When All Is Done": ("when-done", "'quit'")},
}


def preferences(desk):
    key("ctrl+comma")
    window = desk.app.window("^Preferences$")
    wait(lambda: window.has(State.ACTIVE), what="the preferences in front")
    return window


def page(window, name):
    tab = window.find("page tab", f"^{name}$")
    tab.click()
    wait(lambda: tab.active or tab.selected, what=f"page {name}")


def enter(field, value, after=None):
    """By keyboard: to the field, its old text away, the new one, and Return.

    An entry row of libadwaita 1.2 does not say that it has the focus: it is one Tab
    @after another control.
    """
    (after or field).focus()
    if after:
        key("Tab")
    key("ctrl+a")
    type_text(str(value))
    key("Return")


def is_kept(name, value):
    wait(lambda: chosen(name) == value, what=f"{name} = {value}, not {chosen(name)}")


def test_each_switch_number_and_choice_is_kept():
    with Desk() as desk:
        window = preferences(desk)
        for name in ("Downloads", "Network", "Desktop"):
            page(window, name)
            all_named(window, name)
            for title, setting in SWITCHES.get(name, {}).items():
                switch = window.find(("check box", "switch", "toggle button"), f"^{title}$")
                before = switch.active
                switch.do()
                is_kept(setting, "false" if before else "true")
            for title, (setting, value) in NUMBERS.get(name, {}).items():
                enter(window.find("spin button", f"^{title}$"), value)
                is_kept(setting, str(value))
            for title, (setting, value) in CHOICES.get(name, {}).items():
                window.find("combo box", f"^{title}$").focus()
                key("space")
                window.find("list item", seconds=60, has=[State.FOCUSED])
                key("Down")
                key("Return")
                is_kept(setting, value)
        key("Escape")
        wait(lambda: not list(desk.app.root.each("frame", "^Preferences$")), what="its end")


def test_limits_are_in_force_at_once():
    names = [f"{n}.bin" for n in range(3)]
    with Site() as site, Desk(*[site.url(n, size=40_000_000, rate=20_000) for n in names],
                              settings={"max_downloads": "1"}) as desk:  # fmt: skip
        desk.wait_state("0.bin", "Downloading")
        desk.wait_state("2.bin", "Waiting")
        window = preferences(desk)
        enter(window.find("spin button", "^Downloads$"), 3)
        desk.wait_state("2.bin", "Downloading")
        enter(window.find("spin button", "^Connections for Each Download$"), 1)
        for name in names:
            wait(lambda n=name: "1 connection" in desk.text_of(n), what=f"one connection of {name}")
        page(window, "Network")
        enter(window.find("spin button", "^Limit in kB/s$"), 77)
        desk.window.find("push button", "^Speed limit: 77.0 kB/s$")
        window.find(("check box", "switch", "toggle button"), "^Another Limit by Time of Day$").do()
        window.find(("text", "entry"), "^Start of the hours$").set_text("00:00")
        window.find(("text", "entry"), "^End of the hours$").set_text("00:00")
        enter(window.find("spin button", "^Limit in These Hours in kB/s$"), 55)
        desk.window.find("push button", "^Speed limit: 55.0 kB/s$")
        # What the foot sets is the limit that is in force.
        key("Escape")
        desk.window.find("push button", "^Speed limit: 55.0 kB/s$", nth=1).click()
        desk.pick("1 MB/s")
        is_kept("scheduled-limit", "1000000")
        assert chosen("speed-limit") == "77000"


def test_the_folder_counts_for_the_next_download_whatever_was_chosen_before():
    folder = os.path.join(os.environ["HOME"], "elsewhere")
    os.makedirs(folder, exist_ok=True)
    with Site() as site, Desk() as desk:
        desk.add(site.url("first.bin", size=10))
        desk.wait_state("first.bin", "Finished")
        choose(folder=f"'{folder}'")

        def shown():
            desk.do("win.add")
            dialog = desk.app.window("^Add Downloads$")
            there = bool(list(dialog.each("label", "elsewhere")))
            key("Escape")
            wait(lambda: not list(desk.app.root.each("dialog", "^Add Downloads$")), what="its end")
            return there

        wait(shown, what="the new folder")
        desk.add(site.url("second.bin", size=10))
        desk.wait_state("second.bin", "Finished")
        assert os.listdir(folder) == ["second.bin"]


def test_the_style_changes_at_once():
    with Desk(settings={"appearance": "'light'"}) as desk:

        def is_dark():
            x, y = desk.window.on_screen((0.5, 0.9))
            colour = subprocess.run(
                ["import", "-silent", "-window", "root", "-crop", f"1x1+{x}+{y}", "-depth", "8", "rgb:-"],
                check=True, capture_output=True).stdout  # fmt: skip
            return max(colour) < 128

        wait(lambda: not is_dark(), what="a light window")
        choose(appearance="'dark'")
        wait(is_dark, what="a dark window")


def test_checksum_files_are_looked_for_where_that_is_wanted():
    with Site() as site, Desk(settings={"find_checksums": "true"}) as desk:
        desk.add(site.url("file.bin", size=10))
        desk.wait_state("file.bin", "Finished")
        asked = [path for _, path, _ in site.requests]
        assert any("sha256" in path.lower() for path in asked), asked


def test_an_own_user_agent_is_sent_and_a_wrong_proxy_address_is_marked():
    with Site() as site, Desk(settings={"user_agent": "'Mine/1'"}) as desk:
        desk.add(site.url("file.bin", size=10))
        desk.wait_state("file.bin", "Finished")
        assert site.headers["/file.bin"]["User-Agent"] == "Mine/1"
        choose(proxy="'manual'")
        window = preferences(desk)
        page(window, "Network")
        row = window.find("text", "^Address, such as")
        choice = window.find("combo box", "^Proxy$")
        enter(row, "no proxy", after=choice)
        wait(lambda: row.text == "no proxy", what="what was typed")
        assert chosen("proxy-address") in (None, "''")
        enter(row, "http://127.0.0.1:9", after=choice)
        is_kept("proxy-address", "'http://127.0.0.1:9'")


cases.run()
