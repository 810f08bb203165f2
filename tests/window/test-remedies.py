"""What failed says what to do, and its button does it: each tried in the real window."""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import shutil

import cases
from desk import Desk, downloads_folder
from person import wait
from site_of_files import Site


def fail(desk, address, name):
    """Adds what must fail, and shows its details."""
    desk.add(address)
    desk.wait_state(name, "Failed")
    desk.select(name)
    desk.do("win.details")


def test_a_file_that_is_not_there_offers_another_address():
    with Site() as site, Desk() as desk:
        fail(desk, site.url("gone.bin", status=404), "gone.bin")
        desk.says("The server has no file at this address")
        desk.window.find("push button", "^Change Address…$").do()
        dialog = desk.app.window("^Change Address$")
        dialog.find("text", "^New address$").set_text(site.url("there.bin", size=5000))
        button = dialog.find("push button", "^Change$")
        wait(lambda: button.enabled, what="enabled Change")
        button.do()
        wait(lambda: any(state.startswith("Finished") for _, state in desk.rows()), what="a finished download")


def test_a_server_that_wants_a_password_is_signed_in_to():
    with Site() as site, Desk() as desk:
        fail(desk, site.url("secret.bin", size=5000, auth="ann:open sesame"), "secret.bin")
        desk.says("The server wants a user name and a password")
        desk.window.find("push button", "^Sign In…$").do()
        dialog = desk.app.window("^Sign In$")
        button = dialog.find("push button", "Sign In$")
        assert not button.enabled, "nobody can sign in without a name"
        dialog.find("text", "^User name$").set_text("ann")
        dialog.find("text", "^Password$").set_text("open sesame")
        wait(lambda: button.enabled, what="enabled Sign In")
        button.do()
        desk.wait_state("secret.bin", "Finished")
        assert len(desk.file("secret.bin")) == 5000
        assert not desk.is_enabled("win.sign-in")


def test_a_server_in_trouble_is_asked_again():
    with Site() as site, Desk() as desk:
        fail(desk, site.url("odd.bin", status=501), "odd.bin")
        desk.says("The server has trouble")
        before = len(site.requests)
        # The row's own button is the first; the details' does the same.
        desk.window.find("push button", "^Retry$", nth=1).do()
        wait(lambda: len(site.requests) > before, what="another request")


def test_a_folder_that_is_gone_offers_another_with_the_address_filled_in():
    with Site() as site, Desk() as desk:
        address = site.url("x.bin", size=5000)
        shutil.rmtree(downloads_folder(), ignore_errors=True)
        # A file stands where the folder was: it cannot be made anew, whoever runs the test.
        with open(downloads_folder(), "wb"):
            pass
        try:
            fail(desk, address, "x.bin")
            desk.says("or choose another")
            desk.window.find("push button", "^Choose Folder…$").do()
            dialog = desk.app.window("^Add Downloads$")
            wait(lambda: address in dialog.find("text", "^Addresses$").text, what="the address filled in")
        finally:
            os.unlink(downloads_folder())


cases.run()
