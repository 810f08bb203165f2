"""What goes wrong is said in the row with what to do, and the rest goes on."""
# SPDX-License-Identifier: GPL-3.0-or-later
import os

import cases
from desk import Desk
from person import all_named, key, wait
from site_of_files import Site, content

# A small disk of its own, nearly full, that goes with the program.
SMALL = 'mount -t tmpfs -o size=8m tmpfs "$0" && head -c 6000000 /dev/zero >"$0/filler" && exec "$@"'


def small_disk(folder):
    os.makedirs(folder, exist_ok=True)
    mine = [] if os.getuid() == 0 else ["--user", "--map-current-user", "--keep-caps"]
    return ["unshare", "--mount", *mine, "sh", "-c", SMALL, folder]


def goes_on(desk, site, name):
    desk.do_app("add-urls", f"['{site.url(name, size=2000)}']")
    desk.wait_state(name, "Finished")


def test_a_server_that_stalls_is_given_up_said_and_can_be_tried_again():
    with Site() as site, Desk(
        site.url("stalled.bin", size=90_000, stall=40_000), settings={"timeout": "1", "retries": "0"}
    ) as desk:
        desk.wait_state("stalled.bin", "Failed")
        assert "did not answer in time" in desk.text_of("stalled.bin"), desk.text_of("stalled.bin")
        desk.row("stalled.bin").find("push button", "^Retry$")
        all_named(desk.window)
        goes_on(desk, site, "right.bin")


def test_a_stall_is_tried_again_by_itself_and_the_row_says_when_and_why():
    with Site() as site, Desk(
        site.url("stalled.bin", size=90_000, stall=40_000), settings={"timeout": "1", "retries": "9"}
    ) as desk:
        wait(lambda: "Retrying in" in desk.text_of("stalled.bin"), what="the wait said")
        assert "did not answer in time" in desk.text_of("stalled.bin"), desk.text_of("stalled.bin")


def test_a_page_that_is_gone_a_port_that_refuses_and_a_name_that_is_not_known_are_said():
    with Site() as site, Desk(
        site.url("gone.zip", status=404), "http://127.0.0.1:9/refused.zip",
        "http://no-such-host.invalid/lost.zip", site.url("down.zip", status=503),
        settings={"retries": "0"},
    ) as desk:  # fmt: skip
        for name, words in (("gone.zip", "404 Not Found"), ("refused.zip", "refused the connection"),
                            ("lost.zip", "no-such-host.invalid is not known"),
                            ("down.zip", "503")):  # fmt: skip
            desk.wait_state(name, "Failed")
            assert words in desk.text_of(name), desk.text_of(name)
            desk.row(name).find("push button", "^Retry$")
        goes_on(desk, site, "right.zip")
        assert desk.file("right.zip") == content("right.zip", 2000)


def test_a_full_disk_is_said_with_its_remedy_and_resume_goes_on():
    folder = os.path.join(os.environ["HOME"], "small")
    with Site() as site, Desk(
        site.url("large.bin", size=4_000_000), settings={"folder": f"'{folder}'"},
        within=small_disk(folder),
    ) as desk:  # fmt: skip
        wait(lambda: "disk is full" in desk.text_of("large.bin"), what="the full disk said")
        assert "press Resume" in desk.text_of("large.bin"), desk.text_of("large.bin")
        desk.row("large.bin").find("push button", "^Resume$")
        inside = f"/proc/{desk.app.process.pid}/root{folder}"
        os.unlink(os.path.join(inside, "filler"))

        # It may have seen the room by itself already.
        def resumed():
            button = next(desk.row("large.bin").each("push button", "^Resume$"), None)
            if button:
                button.click()
            return desk.state("large.bin").startswith("Finished")

        wait(resumed, what="the rest")
        with open(os.path.join(inside, "large.bin"), "rb") as stream:
            assert stream.read() == content("large.bin", 4_000_000)


def test_a_folder_that_cannot_be_written_is_said():
    inside = os.path.join(os.environ["HOME"], "file", "folder")
    with open(os.path.dirname(inside), "w"):
        pass
    with Site() as site, Desk(
        site.url("mine.bin", size=10), settings={"folder": f"'{inside}'"}
    ) as desk:
        wait(lambda: desk.state("mine.bin").startswith(("Failed", "Waiting")), what="the trouble")
        assert "folder" in desk.text_of("mine.bin"), desk.text_of("mine.bin")
        key("ctrl+a")
        key("Delete")
        wait(lambda: not desk.rows(), what="an empty list")


cases.run()
