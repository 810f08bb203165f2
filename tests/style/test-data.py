"""What is handed to the desktop, each file by the program that knows its kind."""
# SPDX-License-Identifier: GPL-3.0-or-later
import glob
import json
import os
import re
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree

import cases
import tree

APP = "org.bobbin.Bobbin"
BUILD = os.environ["BOBBIN_BUILD"]
BUILT = os.path.join(BUILD, "data")
CLI = os.path.join(BUILD, "src/cli/bobbin-cli")
DATA = os.path.join(tree.ROOT, "data")


def checked(*command, env=None):
    run = subprocess.run(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env
    )
    assert run.returncode == 0, f"{' '.join(command)}\n{run.stdout}"
    return run.stdout


def test_the_desktop_entry_is_valid():
    out = checked("desktop-file-validate", os.path.join(BUILT, APP + ".desktop"))
    assert not out, out


def test_the_metainfo_is_valid():
    checked("appstreamcli", "validate", "--no-net", os.path.join(BUILT, APP + ".metainfo.xml"))


def test_the_schema_is_valid():
    with tempfile.TemporaryDirectory() as folder:
        checked("glib-compile-schemas", "--strict", f"--targetdir={folder}", DATA)


def test_the_service_names_the_program():
    with open(os.path.join(BUILT, APP + ".service"), encoding="utf-8") as file:
        text = file.read()
    assert f"Name={APP}\n" in text and "/bin/bobbin --gapplication-service" in text, text


def test_the_flatpak_builds_what_the_desktop_entry_starts():
    with open(os.path.join(tree.ROOT, "build-aux", APP + ".json"), encoding="utf-8") as file:
        manifest = json.load(file)
    assert manifest["id"] == APP and manifest["command"] == "bobbin"
    assert all("sources" in module for module in manifest["modules"])
    assert not any("host" in argument for argument in manifest["finish-args"]), "a hole in the wall"


def test_the_debian_package_asks_for_what_the_scripts_install():
    with open(os.path.join(tree.ROOT, "build-aux/packages"), encoding="utf-8") as file:
        wanted = {line.split()[1] for line in file if line.startswith("build ")}
    with open(os.path.join(tree.ROOT, "debian/control"), encoding="utf-8") as file:
        control = file.read().partition("Build-Depends:")[2].partition("Standards-Version")[0]
    asked = {line.split()[0].split(":")[0].rstrip(",") for line in control.splitlines() if line.strip()}
    # Every Debian builder has a compiler, the C library and Meson's own Ninja.
    taken_for_granted = {"gcc", "libc6-dev", "ninja-build"}
    assert wanted - taken_for_granted <= asked, wanted - asked


def test_all_xml_is_well_formed():
    for path in tree.load():
        if path.endswith((".ui", ".xml", ".svg", ".xml.in")):
            ElementTree.parse(os.path.join(tree.ROOT, path))


def test_the_icons_are_where_the_desktop_looks():
    for place in ("scalable/apps/" + APP, "symbolic/apps/" + APP + "-symbolic"):
        assert os.path.exists(os.path.join(DATA, "icons/hicolor", place + ".svg")), place


def test_the_man_pages_are_set_without_a_warning():
    for page in glob.glob(os.path.join(DATA, "**/*.1"), recursive=True):
        run = subprocess.run(
            ["groff", "-man", "-Tutf8", "-wall", "-z", page], stderr=subprocess.PIPE, text=True
        )
        assert run.returncode == 0 and not run.stderr, run.stderr


def test_the_man_page_has_each_option_that_there_is():
    with open(os.path.join(DATA, "bobbin-cli.1"), encoding="utf-8") as file:
        page = file.read().replace("\\-", "-")
    options = set(re.findall(r"^  (?:-., )?(--[a-z-]+)", checked(CLI, "get", "--help"), re.M))
    assert len(options) > 10
    missing = sorted(option for option in options - {"--help"} if option not in page)
    assert not missing, f"data/bobbin-cli.1 lacks {missing}"


def test_what_is_installed_is_taken_back():
    with tempfile.TemporaryDirectory() as folder:
        # As packagers do, and then what installing does where there is no packager.
        checked("meson", "install", "-C", BUILD, "--no-rebuild", "--quiet", "--destdir", folder)
        share = glob.glob(os.path.join(folder, "**/share"), recursive=True)[0]
        checked("glib-compile-schemas", os.path.join(share, "glib-2.0/schemas"))
        checked("update-desktop-database", os.path.join(share, "applications"))
        checked("gtk4-update-icon-cache", "-q", "-t", "-f", os.path.join(share, "icons/hicolor"))
        assert os.path.exists(os.path.join(share, "man/man1/bobbin-cli.1"))
        checked(os.path.join(tree.ROOT, "build-aux/uninstall"), BUILD)
        left = [os.path.join(place, name) for place, _, names in os.walk(folder) for name in names]
        assert not left, left


def test_the_scripts_can_be_read_by_their_shell():
    for script in ("build-aux/run", "build-aux/test", "build-aux/lib.sh", ".ci/run",
                   "tests/support/headless", "tests/support/shot"):  # fmt: skip
        checked("bash", "-n", os.path.join(tree.ROOT, script))


cases.run()
