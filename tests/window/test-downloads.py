"""A download's life in the real window, as a person lives it."""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import subprocess

import cases
from desk import BOBBIN, Desk, downloads_folder
from person import State, all_named, clipboard_get, clipboard_set, key, type_text, wait, xdo
from site_of_files import Site, content

FIVE = [("one.iso", 900_000), ("two.zip", 350_000), ("three.pdf", 100), ("four.mp3", 70_000),
        ("five.png", 1)]  # fmt: skip


def test_five_addresses_arrive_as_five_right_files_at_once_and_their_progress_moves():
    """What takes long one after another takes as long as the slowest together."""
    size, rate = 3_000_000, 30_000
    names = [f"{n}.iso" for n in range(5)]
    with Site() as site, Desk(settings={"connections_per_download": "1"}) as desk:
        desk.add(*[site.url(name, size=size, rate=rate) for name in names])
        seen = {name: set() for name in names}

        def moved():
            for bar in desk.list.all("progress bar", "^Progress of "):
                seen[bar.name.removeprefix("Progress of ")].add(bar.value[0])
            return all(len(values) > 2 for values in seen.values())

        wait(moved, what="progress of each")
        site.hurry()
        for name in names:
            desk.wait_state(name, "Finished")
            assert desk.file(name) == content(name, size), name
            assert all(0 <= value <= 1 for value in seen[name]), seen[name]
        assert sorted(os.listdir(downloads_folder())) == names
        each = sum(end - begin for _, begin, end in site.times)
        whole = max(end for _, _, end in site.times) - min(begin for _, begin, _ in site.times)
        assert whole < each / 2, f"{whole} s for what takes {each} s one after another"


def test_a_paused_download_goes_on_after_quit_and_start_and_fetches_nothing_twice():
    with Site() as site:
        url = site.url("film.mkv", size=6_000_000, rate=60_000, gate=1)
        with Desk(url) as desk:
            desk.wait_state("film.mkv", "Downloading")
            wait(lambda: "%" in desk.state("film.mkv") and " 0 %" not in desk.state("film.mkv"))
            desk.row("film.mkv").click()
            desk.do("win.pause")
            desk.wait_state("film.mkv", "Paused")
            assert desk.quit() == 0
        assert [n for n in os.listdir(downloads_folder())] == ["film.mkv.part"]
        asked = len(site.requests)
        with Desk(fresh=False) as desk:
            desk.wait_state("film.mkv", "Paused")
            assert len(site.requests) == asked, "asked for before it was resumed"
            site.open_gate()
            desk.row("film.mkv").click()
            desk.do("win.resume")
            desk.wait_state("film.mkv", "Finished", 60)
            assert desk.file("film.mkv") == content("film.mkv", 6_000_000)
        starts = [int(r[2][6:].partition("-")[0]) for r in site.requests[asked:] if r[2]]
        assert starts and min(starts) > 0, f"began again at {starts}"


def test_each_trouble_is_said_in_its_row_and_the_rest_goes_on():
    with Site() as site, Desk() as desk:
        desk.add(site.url("gone.zip", status=404), "http://127.0.0.1:9/refused.zip",
                 "http://no-such-host.invalid/lost.zip", site.url("right.zip", size=5000))  # fmt: skip
        desk.wait_state("right.zip", "Finished")
        desk.wait_state("gone.zip", "Failed")
        assert "404 Not Found" in desk.text_of("gone.zip")
        wait(lambda: "refused" in desk.text_of("refused.zip"), what="refusal in the row")
        wait(lambda: "is not known" in desk.text_of("lost.zip"), what="an unknown name in the row")
        assert desk.file("right.zip") == content("right.zip", 5000)


def test_a_second_start_adds_to_the_running_window():
    with Site() as site, Desk() as desk:
        subprocess.run([BOBBIN, site.url("second.bin", size=1000)], check=True, timeout=60)
        desk.wait_state("second.bin", "Finished")
        assert desk.file("second.bin") == content("second.bin", 1000)
        assert len(desk.app.root.all("frame", "^Bobbin$")) == 1


def test_version_and_help_need_no_display():
    env = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS")}
    for word in ("--version", "--help"):
        out = subprocess.run(
            [BOBBIN, word], env=env, check=True, capture_output=True, text=True, timeout=60
        )
        assert "obbin" in out.stdout and not out.stderr, out


def test_removing_can_be_undone_by_button_and_by_keyboard_and_the_rows_stand_where_they_were():
    with Site() as site, Desk(*[site.url(n, size=s) for n, s in FIVE]) as desk:
        for name, _ in FIVE:
            desk.wait_state(name, "Finished")
        before = desk.names()
        desk.select("two.zip", "four.mp3")
        key("Delete")
        wait(lambda: len(desk.rows()) == 3, what="three rows")
        desk.window.find("push button", "Undo").click()
        wait(lambda: desk.names() == before, what="the rows as they were")
        desk.menu("three.pdf", "Remove from List")
        wait(lambda: len(desk.rows()) == 4, what="four rows")
        key("ctrl+z")
        wait(lambda: desk.names() == before, what="the rows as they were, again")
        desk.do("win.clear-finished")
        wait(lambda: not desk.rows(), what="no rows")
        assert sorted(os.listdir(downloads_folder())) == sorted(name for name, _ in FIVE)
        key("ctrl+z")
        wait(lambda: desk.names() == before, what="the rows as they were, by key")


def test_filters_and_search_leave_what_they_say():
    with Site() as site, Desk(*[site.url(n, size=s) for n, s in FIVE],
                              site.url("gone.zip", status=404)) as desk:  # fmt: skip
        desk.wait_state("gone.zip", "Failed")
        for name, _ in FIVE:
            desk.wait_state(name, "Finished")
        desk.window.find("list item", "^Failed, 1$").click()
        wait(lambda: desk.names() == ["gone.zip"], what="the failed one alone")
        desk.window.find("list item", "^Archives, 2$").click()
        wait(lambda: sorted(desk.names()) == ["gone.zip", "two.zip"], what="two archives")
        desk.window.find("list item", "^Paused, 0$").click()
        desk.says("^Nothing here$")
        desk.window.find("list item", "^All, 6$").click()
        wait(lambda: len(desk.rows()) == 6, what="all six")
        # By keyboard: search, narrow, and back.
        key("ctrl+f")
        entry = desk.window.find(("text", "entry"), "^Search$", has=[State.FOCUSED])
        type_text("FIVE")
        wait(lambda: desk.names() == ["five.png"], what="what is looked for")
        key("Escape")
        wait(lambda: len(desk.rows()) == 6, what="all six again")
        assert not entry.shown or not entry.text
        # Type-ahead: letters typed at the list are looked for.
        desk.row("one.iso").click()
        type_text("thr")
        wait(lambda: desk.names() == ["three.pdf"], what="what is typed ahead")


def test_rows_move_by_key_and_keep_their_order_after_a_restart():
    with Site() as site:
        with Desk(*[site.url(n, size=s) for n, s in FIVE]) as desk:
            for name, _ in FIVE:
                desk.wait_state(name, "Finished")
            desk.row("three.pdf").click()
            key("alt+Up")
            wait(lambda: [r[0] for r in desk.rows()][1] == "three.pdf", what="one up")
            key("alt+Home")
            wait(lambda: [r[0] for r in desk.rows()][0] == "three.pdf", what="on top")
            key("alt+End")
            wait(lambda: [r[0] for r in desk.rows()][4] == "three.pdf", what="at the end")
            order = [r[0] for r in desk.rows()]
            desk.quit()
        with Desk(fresh=False) as desk:
            wait(lambda: [r[0] for r in desk.rows()] == order, what="the same order")


def test_a_pasted_address_opens_add_downloads_with_it_and_no_other_text_does():
    with Site() as site, Desk() as desk:
        clipboard_set("nothing of use")
        desk.do("win.paste")
        desk.window.find("label", "No web address")
        clipboard_set(f"look at {site.url('pasted.bin', size=10)} please")
        desk.do("win.paste")
        dialog = desk.app.window("^Add Downloads$")
        wait(lambda: "pasted.bin" in dialog.find("text", "^Addresses$").text, what="the address")
        dialog.find("push button", "^Download").do()
        desk.wait_state("pasted.bin", "Finished")


def test_what_is_copied_is_the_address_and_the_error():
    with Site() as site, Desk() as desk:
        desk.add(site.url("gone.zip", status=404))
        desk.wait_state("gone.zip", "Failed")
        desk.row("gone.zip").click()
        desk.do("win.copy-address")
        wait(lambda: clipboard_get() == site.url("gone.zip", status=404), what="the address")
        desk.do("win.copy-error")
        wait(lambda: "404 Not Found" in clipboard_get(), what="the error")


def test_actions_are_enabled_where_they_can_do_something():
    with Site() as site, Desk() as desk:
        for action in ("win.pause", "win.remove", "win.open", "win.select-all", "win.details"):
            assert not desk.is_enabled(action), action
        desk.add(site.url("slow.bin", size=3_000_000, rate=20_000), site.url("gone.zip", status=404))
        desk.wait_state("gone.zip", "Failed")
        desk.row("gone.zip").click()
        wait(lambda: desk.is_enabled("win.retry"), what="retry")
        assert not desk.is_enabled("win.pause") and not desk.is_enabled("win.open")
        desk.row("slow.bin").click()
        wait(lambda: desk.is_enabled("win.pause"), what="pause")
        assert not desk.is_enabled("win.retry") and not desk.is_enabled("win.resume")
        key("space")
        desk.wait_state("slow.bin", "Paused")
        wait(lambda: desk.is_enabled("win.resume"), what="resume")
        key("Delete")
        wait(lambda: len(desk.rows()) == 1, what="one row")


def test_details_tell_the_connections_the_address_and_what_happened():
    with Site() as site, Desk(site.url("slow.bin", size=30_000_000, rate=200_000)) as desk:
        desk.wait_state("slow.bin", "Downloading")
        desk.row("slow.bin").click()
        desk.do("win.details")
        desk.window.find("image", "^Connections and where")
        desk.window.find("image", "^Speed over time$")
        desk.window.find("label", "answers 206")
        all_named(desk.window)
        desk.window.find("push button", "^Close Details$").do()
        desk.window.gone("image", "^Speed over time$")


def test_nothing_that_can_be_used_lacks_a_name():
    with Site() as site, Desk() as desk:
        all_named(desk.window, "the empty window")
        desk.add(site.url("slow.bin", size=3_000_000, rate=20_000), site.url("done.bin", size=10),
                 site.url("gone.bin", status=404), "http://127.0.0.1:9/refused.bin")  # fmt: skip
        desk.wait_state("done.bin", "Finished")
        desk.wait_state("gone.bin", "Failed")
        all_named(desk.window, "a list with each state")
        desk.select("slow.bin", "done.bin")
        desk.says("^2 selected$")
        all_named(desk.window, "a selection")
        desk.open_menu(lambda: desk.row("slow.bin").click(3))
        all_named(desk.window, "the row's menu")
        key("Escape")
        desk.window.gone("menu")
        desk.do("win.search")
        desk.window.find(("text", "entry"), "^Search$")
        all_named(desk.window, "the search")
        for view in ("threads", "lab"):
            desk.window_action("show-view", f"'{view}'")
            wait(lambda: not desk.is_enabled("win.select-all"), what=view)
            all_named(desk.window, view)
        desk.window_action("show-view", "'downloads'")
        desk.do("win.add")
        dialog = desk.app.window("^Add Downloads$")
        dialog.find("text", "^Addresses$").set_text(f"htps://wrong\n{site.url('done.bin', size=10)}")
        dialog.find("push button", "^Correct$")
        all_named(dialog, "Add Downloads")
        key("Escape")
        # The windows of shortcuts and of what it is about are GTK's and libadwaita's own.
        desk.do_app("preferences")
        all_named(desk.app.window("^Preferences$"), "the preferences")
        key("Escape")


def test_size_and_view_are_remembered():
    with Desk() as desk:
        window = xdo("search", "--onlyvisible", "--name", "^Bobbin$").split()[0]
        xdo("windowsize", window, 820, 560)
        wait(lambda: desk.window.box[2] < 830, what="a smaller window")
        size = desk.window.box[2:]
        desk.window.find("page tab", "^Race Lab$").click()
        wait(lambda: not desk.is_enabled("win.search"), what="another view")
        desk.quit()
    with Desk(fresh=False) as desk:
        tab = desk.window.find("page tab", "^Race Lab$")
        wait(lambda: tab.selected or tab.active, what="the Race Lab shown")
        wait(lambda: desk.window.box[2:] == size, what=f"{size}, not {desk.window.box[2:]}")


cases.run()
