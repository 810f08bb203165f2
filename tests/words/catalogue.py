"""catalogue: the translations as gettext keeps them, read and made.

A catalogue is {(context, msgid): Entry} in the order of its file, without the
header (whose msgid is empty) and without what is obsolete.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import ast
import os
import re
import subprocess
import tempfile

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))
PO = os.path.join(ROOT, "po")


class Entry:
    """One text: msgid, its plural (or None), the translations, the flags and the files it is in."""

    def __init__(self):
        self.context = None
        self.msgid = ""
        self.plural = None
        self.texts = []
        self.flags = set()
        self.files = set()

    def is_whole(self):
        return bool(self.texts) and all(self.texts)


def read(text):
    """Returns: the header's fields and the catalogue."""
    catalogue = {}
    for block in re.split(r"\n\s*\n", text):
        entry = read_entry(block)
        if entry is not None:
            catalogue[entry.context, entry.msgid] = entry
    header = catalogue.pop((None, ""), Entry())
    fields = "".join(header.texts).splitlines()
    return dict(field.split(": ", 1) for field in fields if ": " in field), catalogue


def read_entry(block):
    entry = Entry()
    into = None
    parts = {}
    for line in block.splitlines():
        keyword = re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+(?=")', line)
        if line.startswith("#,"):
            entry.flags |= {flag.strip() for flag in line[2:].split(",")}
        elif line.startswith("#:"):
            entry.files |= {re.sub(r":\d+$", "", place) for place in line[2:].split()}
        elif line.startswith("#"):
            continue
        elif keyword:
            into = keyword[1]
            parts[into] = ast.literal_eval(line[keyword.end():])
        elif line.startswith('"') and into:
            parts[into] += ast.literal_eval(line)
    if "msgid" not in parts:
        return None
    entry.context = parts.get("msgctxt")
    entry.msgid = parts["msgid"]
    entry.plural = parts.get("msgid_plural")
    entry.texts = [parts[name] for name in sorted(parts) if name.startswith("msgstr")]
    return entry


def read_file(path):
    with open(path, encoding="utf-8") as file:
        return read(file.read())


def lines_of(name):
    """The lines of a list in po/ that are neither empty nor a remark."""
    with open(os.path.join(PO, name), encoding="utf-8") as file:
        lines = [line.strip() for line in file]
    return [line for line in lines if line and not line.startswith("#")]


def languages():
    return [language for line in lines_of("LINGUAS") for language in line.split()]


def path_of(language):
    return os.path.join(PO, language + ".po")


def embed_programs(folder):
    """Writes the race programs' table, as configuring does, to @folder/src/lab/programs.c."""
    lab = os.path.join(ROOT, "src/lab")
    with open(os.path.join(lab, "meson.build"), encoding="utf-8") as file:
        programs = re.findall(r"'(scenarios/[^']+\.race)'", file.read())
    os.makedirs(os.path.join(folder, "src/lab"))
    subprocess.run(
        [os.path.join(lab, "embed-programs"), os.path.join(lab, "scenarios"),
         os.path.join(folder, "src/lab/programs.c"), *(os.path.join(lab, name) for name in programs)],
        check=True,
    )  # fmt: skip


def make_template(path):
    """Writes the template as the build does. Returns: what xgettext had to say against a text."""
    with tempfile.TemporaryDirectory() as folder:
        embed_programs(folder)
        run = subprocess.run(
            ["xgettext", "--package-name=bobbin", f"--directory={ROOT}", f"--directory={folder}",
             "--files-from=" + os.path.join(PO, "POTFILES"), "--output=" + path,
             *lines_of("xgettext.options"), "src/lab/programs.c"],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
    if run.returncode != 0:
        raise RuntimeError(run.stdout)
    return run.stdout


def merge(language, template, path):
    """Writes @language's file to @path with the texts of the template: what is new is empty, what is gone is gone."""
    run = subprocess.run(
        ["msgmerge", "--quiet", "--no-fuzzy-matching", "--add-location=file", "--output-file=-",
         path_of(language), template],
        stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    subprocess.run(
        ["msgattrib", "--no-obsolete", "--add-location=file", "--output-file=" + path, "-"],
        input=run.stdout, check=True,
    )  # fmt: skip
