"""Every way in which addresses come in, in the real window: what is said of them, and what arrives."""
# SPDX-License-Identifier: GPL-3.0-or-later
import hashlib
import itertools
import os
import subprocess
import sys

import cases
from desk import BOBBIN, Desk, choose, downloads_folder
from person import all_named, clipboard_set, drag_until, key, type_text, wait, xdo
from site_of_files import Site, content

HERE = os.path.dirname(os.path.abspath(__file__))
METALINK = """<?xml version="1.0" encoding="UTF-8"?>
<metalink xmlns="urn:ietf:params:xml:ns:metalink"><file name="linked.bin"><size>{size}</size>
<hash type="sha-256">{digest}</hash><url>{url}</url></file></metalink>"""


def keep(name, text):
    path = os.path.join(os.environ["HOME"], name)
    with open(path, "w", encoding="utf-8") as stream:
        stream.write(text)
    return path


def metalink(site, name):
    data = content("linked.bin", 3000)
    return keep(name, METALINK.format(size=3000, digest=hashlib.sha256(data).hexdigest(),
                                      url=site.url("linked.bin", size=3000)))  # fmt: skip


def opened(desk, text):
    desk.do("win.add")
    dialog = desk.app.window("^Add Downloads$")
    dialog.find("text", "^Addresses$").set_text(text)
    return dialog


def test_addresses_are_found_in_any_text_and_what_is_not_understood_is_marked_with_its_reason():
    with Site() as site, Desk() as desk:
        dialog = opened(desk, f"{site.url('img')}[08-10].jpg\n"
                              f"see {site.url('a.bin', size=10)}, or {site.url('b.bin', size=10)}!\n"
                              f"htps://127.0.0.1:{site.port}/c.bin\n")  # fmt: skip
        dialog.find("label", "^5 addresses · 1 not understood$")
        dialog.find("label", "^Line 3: htps is not a scheme")
        for name in ("img08.jpg", "img09.jpg", "img10.jpg", "a.bin", "b.bin"):
            dialog.find("label", f"^{name}$")
        dialog.find("push button", "^Correct$").do()
        dialog.find("label", "^6 addresses$")
        assert "https://127.0.0.1" in dialog.find("text", "^Addresses$").text
        all_named(dialog)
        dialog.find("text", "^Addresses$").set_text(f"http://127.0.0.1:{site.port}/{{x,y}}.txt")
        dialog.find("label", "^2 addresses$")
        key("ctrl+Return")
        desk.wait_state("x.txt", "Finished")
        desk.wait_state("y.txt", "Finished")
        assert desk.file("x.txt") == content("x.txt", 100000)


def test_what_the_server_says_is_shown_before_the_start():
    with Site() as site, Desk() as desk:
        dialog = opened(desk, f"{site.url('big.bin', size=250_000)}\n{site.url('pipe.bin', ranges=0)}")
        dialog.find("label", "^250 kB · can resume$")
        dialog.find("label", "cannot resume$")
        dialog.find("label", " free, 250 kB needed$")
        key("Escape")
        wait(lambda: not desk.app.root.all("dialog", "^Add Downloads$"), what="end of the window")
        assert not desk.rows()


def test_all_that_is_asked_for_reaches_the_server_and_the_disk():
    digest = hashlib.sha256(content("asked.bin", 2000)).hexdigest()
    with Site() as site, Desk() as desk:
        dialog = opened(desk, site.url("asked.bin", size=2000))
        dialog.find("text", "^File name$").set_text("own name.dat")
        dialog.find("text", "^Checksum").set_text(digest[:-1])
        dialog.find("label", "^Checksum · none that is known")
        assert not dialog.find("push button", "^Download$").enabled
        dialog.find("text", "^Checksum").set_text(digest)
        dialog.find("label", "^Checksum · SHA-256$")
        dialog.find("list item", "^Request$").focus()
        key("Return")
        dialog.find("text", "^Referrer$").set_text("http://from.example/")
        dialog.find("text", "^User name$").set_text("ann")
        dialog.find(("text", "password text"), "^Password$").set_text("secret")
        dialog.find("push button", "^Add Header").do()
        dialog.find("text", "^Name: value$").set_text("X-Kind: fine")
        all_named(dialog)
        dialog.find("check box", "^Start paused$").do()
        dialog.find("push button", "^Download$").do()
        desk.wait_state("own name.dat", "Paused")
        desk.row("own name.dat").click()
        desk.do("win.resume")
        desk.wait_state("own name.dat", "Finished")
        assert desk.file("own name.dat") == content("asked.bin", 2000)
        said = site.headers["/asked.bin"]
        assert said["Referer"] == "http://from.example/" and said["X-Kind"] == "fine", said
        desk.do("win.details")
        desk.window.find("label", "SHA-256")


def test_a_wrong_checksum_fails_and_says_so():
    with Site() as site, Desk() as desk:
        dialog = opened(desk, site.url("asked.bin", size=2000))
        dialog.find("text", "^Checksum").set_text("0" * 64)
        dialog.find("push button", "^Download$").do()
        desk.wait_state("asked.bin", "Failed")
        assert "checksum" in desk.text_of("asked.bin"), desk.text_of("asked.bin")


def test_a_duplicate_is_said_and_can_be_shown_or_downloaded_again():
    with Site() as site, Desk() as desk:
        url = site.url("twice.bin", size=900)
        desk.add(url)
        desk.wait_state("twice.bin", "Finished")
        dialog = opened(desk, url)
        dialog.find("label", "^Already in the list$")
        dialog.find("push button", "^Show$").do()
        wait(lambda: desk.row("twice.bin").selected, what="the row that it is")
        dialog = opened(desk, url)
        dialog.find("push button", "^Download Again$").do()
        desk.wait_state("twice (1).bin", "Finished")
        key("ctrl+a")
        key("Delete")
        wait(lambda: not desk.rows(), what="an empty list")
        dialog = opened(desk, url)
        dialog.find("label", "^Already in the folder$")
        dialog.find("push button", "^Show$")
        dialog.find("push button", "^Download Again$").do()
        desk.wait_state("twice (2).bin", "Finished")


def test_it_opens_filled_from_the_clipboard_by_key_and_is_left_by_escape():
    with Site() as site, Desk() as desk:
        clipboard_set(site.url("copied.bin", size=10))
        key("ctrl+n")
        dialog = desk.app.window("^Add Downloads$")
        wait(lambda: "copied.bin" in dialog.find("text", "^Addresses$").text, what="the address")
        key("Escape")
        wait(lambda: not desk.app.root.all("dialog", "^Add Downloads$"), what="end of the window")
        key("ctrl+v")
        dialog = desk.app.window("^Add Downloads$")
        dialog.find("label", "^1 address$")
        key("ctrl+Return")
        desk.wait_state("copied.bin", "Finished")


def test_a_list_of_addresses_and_a_metalink_are_imported_from_files():
    with Site() as site:
        listed = keep("listed.txt", f"# mine\n{site.url('listed.bin', size=10)}\n")
        linked = metalink(site, "files.meta4")
        with Desk() as desk:
            for path, name in ((listed, "listed.bin"), (linked, "linked.bin")):
                key("ctrl+o")
                chooser = desk.app.root.find(None, "^Import Addresses$")
                wait(lambda: xdo("getactivewindow", "getwindowname") == "Import Addresses",
                     what="the chooser in front")  # fmt: skip
                type_text(path)
                wait(lambda c=chooser, p=path: any(p == t.text for t in c.all(("text", "entry"))),
                     what="the path typed")  # fmt: skip
                key("Return")
                if path == listed:
                    desk.app.window("^Add Downloads$").find("label", "^1 address$")
                    key("ctrl+Return")
                else:
                    desk.says("1 download added from “files.meta4”")
                desk.wait_state(name, "Finished")
            assert desk.file("linked.bin") == content("linked.bin", 3000)


def test_a_metalink_handed_over_by_the_desktop_is_read():
    with Site() as site, Desk(metalink(site, "handed.metalink")) as desk:
        desk.wait_state("linked.bin", "Finished")
        assert desk.file("linked.bin") == content("linked.bin", 3000)


def test_addresses_come_in_over_the_session_bus():
    with Site() as site, Desk() as desk:
        desk.do_app("add-urls", f"['{site.url('one.bin', size=10)}', '{site.url('two.bin', size=10)}']")
        desk.wait_state("one.bin", "Finished")
        desk.wait_state("two.bin", "Finished")
        desk.window_action("add")
        desk.app.window("^Add Downloads$")


def test_text_a_list_of_addresses_and_a_file_are_dropped():
    with Site() as site, Desk() as desk:
        listed = keep("dropped.txt", site.url("from-file.bin", size=10))
        dropped = (
            ("text/plain;charset=utf-8", f"read {site.url('from-text.bin', size=10)} now", "from-text.bin"),
            ("text/uri-list", site.url("from-list.bin", size=10) + "\r\n", "from-list.bin"),
            ("text/uri-list", f"file://{listed}\r\n", "from-file.bin"),
        )
        for kind, data, name in dropped:
            source = subprocess.Popen([sys.executable, os.path.join(HERE, "drag_source.py"), kind, data])
            try:
                handle = wait(lambda: drag_source(source.pid), what="something to drag")
                dialog = drag_until(
                    lambda h=handle: (*h.on_screen(), *desk.window.on_screen((0.6, 0.6))),
                    lambda: next(desk.app.root.each("dialog", "^Add Downloads$"), None),
                )
                wait(lambda d=dialog, n=name: n in d.find("text", "^Addresses$").text, what=name)
            finally:
                source.kill()
                source.wait()
            dialog.find("push button", "^Download$").do()
            desk.wait_state(name, "Finished")


def drag_source(pid):
    from accessible import DESKTOP, FACES, call, process_of
    from person import Node

    for ref in call(DESKTOP, FACES + "Accessible", "GetChildren"):
        if process_of(ref) == pid:
            return next(Node(ref).each("label", "^drag me$"), None)
    return None


def test_settings_count_for_what_is_typed_and_for_what_comes_in_otherwise():
    with Site() as site, Desk(settings={"start_when_added": "false", "on_conflict": "'skip'"}) as desk:
        dialog = opened(desk, site.url("typed.bin", size=10))
        assert dialog.find("check box", "^Start paused$").active
        dialog.find("push button", "^Download$").do()
        desk.wait_state("typed.bin", "Paused")
        subprocess.run([BOBBIN, metalink(site, "set.meta4")], check=True, timeout=120)
        desk.wait_state("linked.bin", "Paused")
        choose(start_when_added="true")
        os.makedirs(downloads_folder(), exist_ok=True)
        with open(os.path.join(downloads_folder(), "there.bin"), "w") as stream:
            stream.write("mine")

        def add_again():
            with_it = opened(desk, f"{site.url('there.bin', size=10)}\n{site.url('new.bin', size=10)}")
            if with_it.find("check box", "^Start paused$").active:
                key("Escape")
                return False
            with_it.find("push button", "^Download").do()
            return True

        wait(add_again, what="the changed setting")
        desk.wait_state("new.bin", "Finished")
        wait(lambda: not desk.state("there.bin").startswith(("Waiting", "Down", "Conn")), what="its end")
        assert desk.file("there.bin") == b"mine"
        assert sorted(os.listdir(downloads_folder())) == ["new.bin", "there.bin"]


def test_an_address_copied_elsewhere_is_offered_where_that_is_wanted():
    with Site() as site, Desk() as desk:
        choose(watch_clipboard="true")
        tries = itertools.count()

        # The setting may be a moment on its way; the same text is not offered twice.
        def offered():
            clipboard_set(site.url(f"wanted{next(tries)}.bin", size=10))
            try:
                desk.window.find("push button", "^Add( Add)?$", seconds=8).click()
                return desk.app.window("^Add Downloads$", seconds=8)
            except AssertionError:
                return None

        dialog = wait(offered, 180, what="an offer")
        wait(lambda: "wanted" in dialog.find("text", "^Addresses$").text, what="the address")
        key("ctrl+Return")
        wait(lambda: any(state == "Finished" for _, state in desk.rows()), what="the file")


cases.run()
