# The options of bobbin-cli, its man page and its completions name the same ones.
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re
import subprocess

import cases

DATA = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "data")


def read(*path):
    with open(os.path.join(DATA, *path), encoding="utf-8") as file:
        return file.read()


def offered():
    text = subprocess.run([os.environ["BOBBIN_CLI"], "get", "--help"], check=True,
                          capture_output=True, text=True).stdout
    options = set(re.findall(r"(?m)^  (?:-\w, )?--([a-z-]+)", text))
    assert len(options) > 25, text
    return options


def test_the_man_page_has_every_option():
    text = read("bobbin-cli.1").replace("\\-", "-")
    named = set(re.findall(r"(?m)^\.BR? (?:-\w \", \" |-\w \", \"? ?)?--([a-z-]+)", text))
    assert named == offered(), named ^ offered()


def test_bash_completes_every_option():
    text = read("completions", "bobbin-cli.bash")
    options = re.search(r"options='([^']*)'", text).group(1)
    named = set(re.findall(r"--([a-z-]+)", options))
    assert named == offered(), named ^ offered()


def test_zsh_completes_every_option():
    text = read("completions", "_bobbin-cli")
    named = set(re.findall(r"--([a-z-]+)", text[:text.index("_bobbin_cli_race")]))
    assert named == offered(), named ^ offered()


def test_fish_completes_every_option():
    text = read("completions", "bobbin-cli.fish")
    named = set(re.findall(r"uses get' .*?-l ([a-z-]+)", text))
    assert named == offered(), named ^ offered()


def test_bash_takes_its_script():
    subprocess.run(["bash", "-n", os.path.join(DATA, "completions", "bobbin-cli.bash")], check=True)


cases.run()
