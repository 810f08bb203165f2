"""What the desktop is told and what it can ask for: notifications, sleep, background, the network."""
# SPDX-License-Identifier: GPL-3.0-or-later
import contextlib
import os
import subprocess

import cases
from desk import BOBBIN, Desk, choose, downloads_folder
from person import State, key, wait
from site_of_files import Site
from stand_ins import CONNECTED, DISCONNECTED, FULL, METERED, NONE, UNMETERED, Desktop

HANDLER = """[Desktop Entry]
Type=Application
Name=Opener
Exec=sh -c 'printf "%%s\\\\n" "$1" >>"$HOME/opened"' opener %u
MimeType=text/plain;inode/directory;
"""


def install_opener():
    """A program that takes text files and folders, and writes down which."""
    folder = os.path.join(os.environ["XDG_DATA_HOME"], "applications")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "opener.desktop"), "w", encoding="utf-8") as stream:
        stream.write(HANDLER)
    with open(os.path.join(os.environ["XDG_CONFIG_HOME"], "mimeapps.list"), "w") as stream:
        stream.write("[Default Applications]\ntext/plain=opener.desktop\n"
                     "inode/directory=opener.desktop\n")  # fmt: skip


def opened():
    path = os.path.join(os.environ["HOME"], "opened")
    return open(path).read().splitlines() if os.path.exists(path) else []


def put_behind(desk):
    """Another window in front of it."""
    process = subprocess.Popen(["xmessage", "in front"], stderr=subprocess.DEVNULL)
    wait(lambda: not desk.window.has(State.ACTIVE), what="another window in front")
    return process


@contextlib.contextmanager
def ends_behind(desk, site, name, back=True, **query):
    """A file whose end comes while another window is in front; @back: then it comes back itself."""
    desk.do_app("add-urls", f"['{site.url(name, size=3000, gate=1, **query)}']")
    desk.wait_state(name, "Downloading")
    other = put_behind(desk)
    site.open_gate()
    try:
        yield
    finally:
        other.kill()
        other.wait()
        if back:
            wait(lambda: desk.window.has(State.ACTIVE), what="it in front again")


def told_of(desktop, name):
    return next((n for n in desktop.notices.values() if name in n.body), None)


def title(desktop, text):
    return next((n for n in desktop.notices.values() if n.title == text), None)


def is_on_screen():
    """Asked of the X server: GTK 4.8 goes on to tell that a hidden window shows."""
    words = ["xdotool", "search", "--onlyvisible", "--name", "^Bobbin$"]
    return subprocess.run(words, capture_output=True).returncode == 0


def test_one_that_ends_behind_another_window_is_told_with_buttons_that_work():
    install_opener()
    with Desktop() as desktop, Desk(env=desktop.ENV) as desk:
        for button, name in (("Open", "one.txt"), ("Open Folder", "two.txt"), ("", "three.txt")):
            with Site() as site, ends_behind(desk, site, name):
                notice = wait(lambda n=name: told_of(desktop, n), what="a notification")
                assert {"Open", "Open Folder"} <= set(notice.buttons), notice
                desktop.press(notice, button)
                if button == "Open":
                    wait(lambda: any("one.txt" in line for line in opened()), what="the file opened")
                elif button == "Open Folder":
                    wait(lambda: opened()[-1].rstrip("/").endswith("Downloads"), what="the folder")
                else:
                    wait(lambda: desk.window.has(State.ACTIVE), what="the window in front")
        with Site() as site:
            with ends_behind(desk, site, "four.txt"):
                wait(lambda: told_of(desktop, "four.txt"), what="a notification")
            wait(lambda: not desktop.notices, what="its withdrawal once the window is looked at")


def test_a_batch_is_told_once_and_what_failed_can_be_tried_again():
    with Site() as site, Desktop() as desktop, Desk(env=desktop.ENV) as desk:
        urls = [site.url(f"{n}.bin", size=1000, gate=1) for n in range(6)]
        choose(max_downloads="6")
        desk.do_app("add-urls", str(urls))
        for n in range(6):
            desk.wait_state(f"{n}.bin", "Downloading")
        other = put_behind(desk)
        site.open_gate()
        notice = wait(lambda: title(desktop, "6 Downloads Finished"), what=f"one for the batch in {desktop.told}")
        assert "Open Folder" in notice.buttons
        assert len(desktop.notices) == 1, desktop.notices
        desktop.press(notice, "")
        wait(lambda: desk.window.has(State.ACTIVE), what="the window in front")
        other.kill()
        other.wait()
    with Site() as site, Desktop() as desktop, Desk(
        env=desktop.ENV, settings={"retries": "0"}
    ) as desk:
        with ends_behind(desk, site, "lost.bin", cut=1):
            notice = wait(lambda: title(desktop, "Download Failed"), what="the failure told")
            assert "lost.bin" in notice.body
            asked = len(site.requests)
            desktop.press(notice, "Retry")
            wait(lambda: len(site.requests) > asked, what="another try")


def test_nothing_is_told_in_front_nor_where_it_is_not_wanted():
    with Site() as site, Desktop() as desktop, Desk(env=desktop.ENV) as desk:
        desk.do_app("add-urls", f"['{site.url('seen.bin', size=10)}']")
        desk.wait_state("seen.bin", "Finished")
    with Site() as site, Desktop() as desktop, Desk(
        env=desktop.ENV, settings={"notifications": "false"}
    ) as desk:
        with ends_behind(desk, site, "unseen.bin", back=False):
            desk.wait_state("unseen.bin", "Finished")
            # What is told of another matter afterwards shows that this was not on its way.
            desk.do_app("add-urls", f"['{site.url('long.bin', size=90_000, rate=1000)}']")
            wait(lambda: desk.window.has(State.ACTIVE), what="the window in front")
            desk.wait_state("long.bin", "Downloading")
            key("alt+F4")
            wait(lambda: title(desktop, "Downloads Go On in the Background"), what="the word")
        assert [n.body for n in desktop.told if "seen.bin" in n.body] == []


def test_the_computer_is_kept_awake_while_something_runs_where_that_is_wanted():
    with Site() as site, Desktop() as desktop:
        with Desk(site.url("long.bin", size=900_000, rate=9_000), env=desktop.ENV) as desk:
            desk.wait_state("long.bin", "Downloading")
            wait(lambda: desktop.inhibitors, what="an inhibitor")
            choose(keep_awake="false")
            wait(lambda: not desktop.inhibitors, what="none where it is not wanted")
            choose(keep_awake="true")
            wait(lambda: desktop.inhibitors, what="an inhibitor again")
            site.hurry()
            desk.wait_state("long.bin", "Finished")
            wait(lambda: not desktop.inhibitors, what="none once all is done")


def test_a_closed_window_goes_on_in_the_background_and_a_second_start_raises_it():
    with Site() as site, Desktop() as desktop:
        with Desk(site.url("long.bin", size=900_000, rate=9_000), env=desktop.ENV) as desk:
            desk.wait_state("long.bin", "Downloading")
            key("alt+F4")
            notice = wait(lambda: title(desktop, "Downloads Go On in the Background"), what="the word")
            assert {"Show", "Quit"} <= set(notice.buttons), notice
            wait(lambda: not is_on_screen(), what="no window")
            subprocess.run([BOBBIN], check=True, timeout=120)
            again = desk.app.window("^Bobbin$")
            wait(lambda: again.has(State.ACTIVE), what="the window again")
            wait(lambda: not desktop.notices, what="the word withdrawn")
            key("alt+F4")
            wait(lambda: title(desktop, "Downloads Go On in the Background"), what="the word")
            site.hurry()
            assert desk.app.process.wait(120) == 0, "it ends with the last download"
        with Desk(fresh=False, settings={"run_in_background": "false"}, env=desktop.ENV) as desk:
            desk.wait_state("long.bin", "Finished")
            desk.do_app("add-urls", f"['{site.url('x.bin', size=900_000, gate=1)}']")
            desk.wait_state("x.bin", "Downloading")
            key("alt+F4")
            assert desk.app.process.wait(120) == 0


def test_when_all_is_done_the_computer_sleeps_unless_it_is_called_off():
    with Site() as site, Desktop() as desktop:
        with Desk(site.url("last.bin", size=10), env=desktop.ENV,
                  settings={"when_done": "'suspend'"}) as desk:  # fmt: skip
            notice = wait(lambda: title(desktop, "All Downloads Are Done"), what="the announcement")
            desktop.press(notice, "Don’t")
            wait(lambda: not title(desktop, "All Downloads Are Done"), what="its withdrawal")
            desk.do_app("add-urls", f"['{site.url('other.bin', size=10)}']")
            wait(lambda: title(desktop, "All Downloads Are Done"), what="the announcement")
            wait(lambda: desktop.suspended == 1, 120, what="sleep")


def test_the_network_goes_and_comes_back_and_what_ran_goes_on():
    with Site() as site, Desktop() as desktop:
        # This machine too, but by an address that does not say so: loopback needs no network.
        address = site.url("long.bin", size=900_000, rate=9_000).replace("127.0.0.1", "0.0.0.0")
        with Desk(address, env=desktop.ENV,
                  settings={"connections_per_download": "1"}) as desk:  # fmt: skip
            desk.wait_state("long.bin", "Downloading")
            desktop.set_network(State=DISCONNECTED, Connectivity=NONE)
            desk.wait_state("long.bin", "Waiting")
            assert "network" in desk.text_of("long.bin"), desk.text_of("long.bin")
            desktop.set_network(State=CONNECTED, Connectivity=FULL)
            desk.wait_state("long.bin", "Downloading")
            choose(pause_on_metered="true")
            desktop.set_network(Metered=METERED)
            desk.wait_state("long.bin", "Waiting")
            choose(pause_on_metered="false")
            desk.wait_state("long.bin", "Downloading")
            choose(pause_on_metered="true")
            desk.wait_state("long.bin", "Waiting")
            desktop.set_network(Metered=UNMETERED)
            desk.wait_state("long.bin", "Downloading")
            site.hurry()
            desk.wait_state("long.bin", "Finished")
            assert len(desk.file("long.bin")) == 900_000


def test_a_finished_file_is_opened_and_shown_in_its_folder_by_key_and_menu():
    install_opener()
    with Site() as site, Desktop() as desktop:
        with Desk(site.url("mine.txt", size=10), env=desktop.ENV) as desk:
            desk.wait_state("mine.txt", "Finished")
            before = len(opened())
            desk.row("mine.txt").click()
            key("Return")
            wait(lambda: len(opened()) > before, what="the file opened by key")
            desk.menu("mine.txt", "Open")
            wait(lambda: len(opened()) > before + 1, what="the file opened from the menu")
            assert all(line.endswith("mine.txt") for line in opened()[before:])
            key("ctrl+Return")
            wait(lambda: len(desktop.shown) == 1, what="it shown among others, by key")
            desk.menu("mine.txt", "Open Folder")
            wait(lambda: len(desktop.shown) == 2, what="it shown among others, from the menu")
            desk.row("mine.txt").find("push button", "^Open Folder$").click()
            wait(lambda: len(desktop.shown) == 3, what="it shown among others, by its button")
            assert desktop.shown[0] == "file://" + os.path.join(downloads_folder(), "mine.txt")


cases.run()
