"""What is done with downloads in the list: each action and menu entry, by pointer and by key."""
# SPDX-License-Identifier: GPL-3.0-or-later
import os

import cases
from desk import Desk, chosen, downloads_folder
from person import State, all_named, clipboard_get, drag_until, key, wait
from site_of_files import Site, content

FOUR = ["a.bin", "b.bin", "c.bin", "d.bin"]
MENU = {
    "Open", "Open Folder", "Pause", "Resume", "Retry", "Start Now", "Move", "Copy Address",
    "Copy Error", "Change Address…", "Remove from List", "Move to Trash", "Properties",
}  # fmt: skip


def in_order(desk, *names):
    wait(lambda: desk.names() == list(names), what=f"{names}, not {desk.names()}")


def test_a_running_download_is_paused_and_resumed_by_key_menu_and_button():
    with Site() as site, Desk(site.url("slow.bin", size=40_000_000, rate=20_000)) as desk:
        desk.wait_state("slow.bin", "Downloading")
        desk.row("slow.bin").click()
        key("space")
        desk.wait_state("slow.bin", "Paused")
        key("space")
        desk.wait_state("slow.bin", "Downloading")
        desk.menu("slow.bin", "Pause")
        desk.wait_state("slow.bin", "Paused")
        desk.menu("slow.bin", "Resume")
        desk.wait_state("slow.bin", "Downloading")
        desk.row("slow.bin").find("push button", "^Pause$").click()
        desk.wait_state("slow.bin", "Paused")
        desk.row("slow.bin").find("push button", "^Resume$").click()
        desk.wait_state("slow.bin", "Downloading")
        desk.window_action("pause-all")
        desk.wait_state("slow.bin", "Paused")
        desk.window_action("resume-all")
        desk.wait_state("slow.bin", "Downloading")
        # The menu by keyboard alone: it opens on the row that has the focus.
        key("Menu")
        desk.window.find("menu")
        assert set(desk.menu_items()) == MENU, desk.menu_items()
        all_named(desk.window)
        desk.pick_by_key("Pause")
        desk.wait_state("slow.bin", "Paused")


def test_what_failed_is_retried_by_key_menu_and_button_and_its_error_copied():
    with Site() as site, Desk(site.url("gone.bin", status=404)) as desk:
        desk.wait_state("gone.bin", "Failed")

        def asked_by(act):
            before = len(site.requests)
            act()
            wait(lambda: len(site.requests) > before, what="another request")
            desk.wait_state("gone.bin", "Failed")

        desk.row("gone.bin").click()
        asked_by(lambda: key("ctrl+r"))
        asked_by(lambda: desk.menu("gone.bin", "Retry"))
        asked_by(lambda: desk.row("gone.bin").find("push button", "^Retry$").click())
        desk.menu("gone.bin", "Copy Error")
        wait(lambda: "404" in clipboard_get(), what="the error")
        desk.menu("gone.bin", "Copy Address")
        wait(lambda: clipboard_get() == site.url("gone.bin", status=404), what="the address")
        key("ctrl+c")
        wait(lambda: clipboard_get() == site.url("gone.bin", status=404), what="the address")


def test_rows_move_by_menu_and_by_drag():
    with Site() as site, Desk(*[site.url(name, size=10) for name in FOUR]) as desk:
        for name in FOUR:
            desk.wait_state(name, "Finished")
        desk.menu("c.bin", "Move", "Move Up")
        in_order(desk, "a.bin", "c.bin", "b.bin", "d.bin")
        desk.menu("c.bin", "Move", "Move to Top")
        in_order(desk, "c.bin", "a.bin", "b.bin", "d.bin")
        desk.menu("c.bin", "Move", "Move Down")
        in_order(desk, "a.bin", "c.bin", "b.bin", "d.bin")
        desk.menu("c.bin", "Move", "Move to Bottom")
        in_order(desk, *"a.bin b.bin d.bin c.bin".split())
        desk.row("b.bin").click()
        key("alt+Down")
        in_order(desk, *"a.bin d.bin b.bin c.bin".split())
        drag_until(
            lambda: (*desk.row("c.bin").on_screen((0.3, 0.5)), *desk.row("a.bin").on_screen((0.3, 0.2))),
            lambda: desk.names() == "c.bin a.bin d.bin b.bin".split(),
        )


def test_what_waits_in_line_can_be_started_now():
    with Site() as site, Desk(
        *[site.url(name, size=40_000_000, rate=20_000) for name in FOUR],
        settings={"max_downloads": "1"},
    ) as desk:
        desk.wait_state("a.bin", "Downloading")
        desk.wait_state("d.bin", "Waiting")
        assert "in line" in desk.text_of("d.bin")
        desk.menu("d.bin", "Start Now")
        desk.wait_state("d.bin", "Downloading")


def test_many_are_selected_and_the_bar_does_to_all_of_them_what_it_says():
    names = [f"{n}.bin" for n in range(5)]
    with Site() as site, Desk(*[site.url(n, size=40_000_000, rate=20_000) for n in names]) as desk:
        for name in names:
            desk.wait_state(name, "Downloading")
        desk.row("0.bin").click()
        key("ctrl+a")
        desk.says("^5 selected$")
        all_named(desk.window)
        desk.window.find("push button", "^Pause$", nth=len(desk.items())).click()
        for name in names:
            desk.wait_state(name, "Paused")
        desk.window.find("push button", "^Copy Addresses$").click()
        wait(lambda: len(clipboard_get().split("\n")) == 5, what="five addresses")
        desk.window.find("push button", "^Select None$").click()
        desk.window.gone("label", "^5 selected$")
        desk.select("3.bin", "4.bin")
        desk.says("^2 selected$")
        desk.window.find("push button", "^Move to Top$").click()
        in_order(desk, "3.bin", "4.bin", "0.bin", "1.bin", "2.bin")
        desk.window.find("push button", "^Remove$").click()
        in_order(desk, "0.bin", "1.bin", "2.bin")
        desk.row("0.bin").click()
        key("ctrl+a")
        desk.says("^3 selected$")
        key("Escape")
        desk.window.gone("label", "^3 selected$")


def test_a_finished_file_is_shown_thrown_away_and_dragged_out():
    with Site() as site, Desk(site.url("done.txt", size=500), site.url("more.txt", size=500)) as desk:
        for name in ("done.txt", "more.txt"):
            desk.wait_state(name, "Finished")
        # Dropped where text is typed, a file is its path.
        desk.do("win.add")
        key("Escape")
        desk.row("done.txt").click()
        key("shift+Delete")
        in_order(desk, "more.txt")
        assert not os.path.exists(os.path.join(downloads_folder(), "done.txt"))
        trash = os.path.join(os.environ["XDG_DATA_HOME"], "Trash/files/done.txt")
        with open(trash, "rb") as stream:
            assert stream.read() == content("done.txt", 500)
        os.unlink(os.path.join(downloads_folder(), "more.txt"))
        desk.row("more.txt").click(double=True)
        desk.says("“more.txt” is no longer in its folder")
        desk.menu("more.txt", "Open")
        desk.says("“more.txt” is no longer in its folder")


def test_an_expired_link_goes_on_from_a_new_address_with_the_bytes_that_are_there():
    with Site() as site, Desk(
        site.url("film.mkv", size=900_000, rate=30_000), settings={"connections_per_download": "1"}
    ) as desk:
        desk.wait_state("film.mkv", "Downloading")
        wait(lambda: " 0 %" not in desk.state("film.mkv"), what="some of it")
        desk.menu("film.mkv", "Pause")
        desk.wait_state("film.mkv", "Paused")
        desk.menu("film.mkv", "Change Address…")
        dialog = desk.app.window("^Change Address$")
        all_named(dialog)
        entry = dialog.find("text", "^New address$")
        entry.set_text("no address")
        wait(lambda: not dialog.find("push button", "^Change$").enabled, what="a refusal")
        entry.set_text(site.url("film.mkv", size=900_000, fresh=1))
        wait(lambda: dialog.find("push button", "^Change$").enabled, what="a usable address")
        dialog.find("push button", "^Change$").do()
        desk.wait_state("film.mkv", "Finished")
        assert desk.file("film.mkv") == content("film.mkv", 900_000)
        starts = [r[2] for r in site.requests if "fresh=1" in r[1] and r[0] == "GET"]
        assert starts and not any(r in (None, "bytes=0-") for r in starts), starts


def test_return_and_properties_open_the_details_and_return_focus_when_they_close():
    with Site() as site, Desk(site.url("slow.bin", size=40_000_000, rate=20_000)) as desk:
        desk.wait_state("slow.bin", "Downloading")
        desk.menu("slow.bin", "Properties")
        desk.window.find("push button", "^Close Details$")
        key("alt+Return")
        desk.window.gone("push button", "^Close Details$")

        # Two clicks that a loaded machine sends too far apart are no double click.
        def opened():
            desk.row("slow.bin").click(double=True)
            try:
                return desk.window.find("push button", "^Close Details$", seconds=10)
            except AssertionError:
                return None

        wait(opened, what="the details by double click").click()
        desk.window.gone("push button", "^Close Details$")
        wait(lambda: desk.row("slow.bin").has_focus, what="the row focused")
        key("Return")
        desk.window.find("push button", "^Close Details$")


def test_views_filters_and_menus_answer_keys_and_the_bus():
    with Site() as site, Desk(site.url("done.bin", size=10)) as desk:
        desk.wait_state("done.bin", "Finished")
        for number, view in ((2, "Threads"), (3, "Race Lab"), (1, "Downloads")):
            key(f"alt+{number}")
            tab = desk.window.find("page tab", f"^{view}$")
            wait(lambda t=tab: t.active or t.selected, what=view)
        desk.window_action("show-view", "'threads'")
        wait(lambda: not desk.is_enabled("win.search"), what="Threads")
        desk.window.find("page tab", "^Downloads$").click()
        wait(lambda: desk.is_enabled("win.search"), what="Downloads")
        desk.window_action("search")
        desk.window.find(("entry", "text"), "^Search$", has=[State.FOCUSED])
        button = desk.window.find(("toggle button", "push button"), "^Search$")
        wait(lambda: button.active, what="the search's button pressed")
        key("Escape")
        wait(lambda: not button.active, what="end of the search")
        filters = desk.window.find(("toggle button", "push button"), "^Filters$")
        wait(lambda: filters.active, what="the filters shown")
        key("F9")
        wait(lambda: not filters.active, what="the filters away")
        filters.click()
        wait(lambda: filters.active, what="the filters again")
        desk.window.find("list item", "^Failed, 0$").click()
        desk.says("^Nothing here$")
        desk.window.find("list item", "^All, 1$").click()
        for accelerator, title in (("ctrl+comma", "^Preferences$"),
                                   ("ctrl+question", "^Keyboard Shortcuts$")):  # fmt: skip
            key(accelerator)
            dialog = desk.app.window(title)
            wait(lambda d=dialog: d.has(State.ACTIVE), what=f"{title} in front")
            key("Escape")
            wait(lambda t=title: not list(desk.app.root.each(("frame", "dialog"), t)), what="its end")
        key("F10")
        desk.window.find("menu item", "^About Bobbin$")
        all_named(desk.window)
        desk.pick("Clear Finished")
        wait(lambda: not desk.rows(), what="no rows")
        key("ctrl+q")
        assert desk.app.process.wait(60) == 0


def test_the_speed_limit_is_chosen_in_the_foot_and_kept():
    with Site() as site, Desk(site.url("slow.bin", size=40_000_000, rate=20_000)) as desk:
        desk.wait_state("slow.bin", "Downloading")
        desk.window.find("push button", "^Speed limit: Unlimited$", nth=1).click()
        desk.pick("500 kB/s")
        desk.window.find("push button", "^Speed limit: 500 kB/s$")
        wait(lambda: chosen("speed-limit") == "500000", what="the limit kept")
        desk.do("win.limit-custom")
        dialog = desk.app.window("^Speed Limit$")
        all_named(dialog)
        dialog.find("spin button", "^Speed limit in kB/s$").set_text("1234")
        dialog.find("push button", "^Set Limit$").do()
        desk.window.find("push button", "^Speed limit: 1.2 MB/s$")


cases.run()
