"""tree: the project's own files, as the style checks read them.

A check is a function that takes {path: text} and returns a list of faults, each
"path:line: what is wrong", so that test-checks.py can plant faults and see them
found.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))
FOLDERS = ("build-aux", "data", "docs", "po", "src", "tests")
TEXTS = (
    ".c", ".h", ".ui", ".xml", ".in", ".py", ".build", ".md", ".race", ".css", ".svg", ".sh",
    ".po", ".1", ".json",
)  # fmt: skip
NAMES = ("POTFILES", "LINGUAS", "packages", "run", "test", "headless", "shot", "count-results", "coverage", "potfiles", "uninstall", "translations")


def load(root=ROOT):
    """All texts of the project by path from its top, build folders left out."""
    files = {}
    tops = [name for name in os.listdir(root) if name.endswith((".md", ".build", "NEWS"))]
    found = [os.path.join(root, name) for name in tops]
    for folder in FOLDERS:
        for place, folders, names in os.walk(os.path.join(root, folder)):
            folders[:] = [f for f in folders if f != "__pycache__"]
            found += [
                os.path.join(place, name)
                for name in names
                if name.endswith(TEXTS) or name in NAMES
            ]
    for path in found:
        with open(path, encoding="utf-8", errors="replace") as file:
            files[os.path.relpath(path, root)] = file.read()
    return files


def is_c(path):
    return path.endswith((".c", ".h"))


def blank_comments(text, strings=True):
    """C with comments (and the insides of strings) blanked; lines keep their numbers and columns."""

    def blank(match):
        token = match[0]
        if token.startswith("/"):
            return re.sub(r"[^\n]", " ", token)
        return token[0] + " " * (len(token) - 2) + token[0] if strings else token

    return re.sub(
        r"""/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'""", blank, text, flags=re.S
    )


def line_of(text, offset):
    return text.count("\n", 0, offset) + 1
