"""texts: whatever a person reads can be translated.

In .ui files the properties that are texts are marked translatable; in C a text
handed to a widget or an error goes through gettext; POTFILES names each file
that has such a text, and no other.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import re

import tree

TEXT_PROPERTIES = (
    "label", "title", "subtitle", "tooltip-text", "placeholder-text", "description", "text",
    "heading", "body", "secondary-text",
)  # fmt: skip
PROPERTY = re.compile(r"<property\b([^>]*)>([^<]*)</property>|<attribute\b([^>]*)>([^<]*)</attribute>")
# Functions whose literal argument is read by people.
SHOWING = (
    "gtk_label_set_text", "gtk_label_new", "gtk_label_set_label", "gtk_button_set_label",
    "gtk_button_new_with_label", "gtk_button_new_with_mnemonic", "gtk_widget_set_tooltip_text",
    "gtk_window_set_title", "adw_toast_new", "adw_status_page_set_title",
    "adw_status_page_set_description", "adw_preferences_row_set_title",
    "adw_action_row_set_subtitle", "adw_message_dialog_new", "adw_message_dialog_add_response",
    "gtk_editable_set_text", "g_set_error", "g_set_error_literal", "g_error_new",
    "g_error_new_literal", "g_option_context_new", "g_notification_new", "g_print", "g_printerr",
)  # fmt: skip
SHOWN = re.compile(r"\b(" + "|".join(SHOWING) + r") \(", re.MULTILINE)
MARKED = re.compile(r"\b(_|N_|C_|NC_|ngettext|g_dngettext|g_dpgettext2?) ?\(")
FORMAT = re.compile(r"%[-+ #0']*(\*|\d+)?(\.(\*|\d+))?(hh|h|ll|l|z|j|t)?[diouxXeEfgGcspaA%]|\\[nrt]|\\033\[\w*")

# xgettext ends a text at such a macro, and only knows how to write PRId64 and its kin into one.
CUT = re.compile(r"\bG_G\w+_(FORMAT|MODIFIER)\b")
NAMES = re.compile(r"\b[Bb]obbin(-cli)?\b")


def says_something(literal):
    """Whether a literal has words, two letters in a row, beside formats and the programs' names."""
    return re.search(r"[A-Za-z]{2,}", NAMES.sub(" ", FORMAT.sub(" ", literal))) is not None


def arguments_at(text, offset):
    """The text from the bracket at @offset to the one that closes it."""
    depth = 0
    bare = tree.blank_comments(text)
    for i in range(offset, len(bare)):
        depth += (bare[i] == "(") - (bare[i] == ")")
        if depth == 0:
            return offset, i
    return offset, len(bare)


def unmarked_in_ui(path, text):
    faults = []
    for match in PROPERTY.finditer(text):
        attributes, content = (match[1], match[2]) if match[1] is not None else (match[3], match[4])
        name = re.search(r'name="([^"]+)"', attributes)
        if (
            name
            and name[1] in TEXT_PROPERTIES
            and says_something(re.sub(r"&\w+;", "", content))
            and 'translatable="' not in attributes
        ):
            line = tree.line_of(text, match.start())
            faults.append(f"{path}:{line}: {name[1]} {content.strip()!r} is not translatable")
    return faults


def unmarked_in_c(path, text):
    faults = []
    bare = tree.blank_comments(text)
    spoken = tree.blank_comments(text, strings=False)
    for match in SHOWN.finditer(bare):
        start, end = arguments_at(text, match.end() - 1)
        inside = spoken[start:end]
        # What stands inside a marking call is marked; blank it with its brackets.
        for marked in reversed(list(MARKED.finditer(bare[start:end]))):
            first, last = arguments_at(inside, marked.end() - 1)
            inside = inside[:first] + " " * (last - first) + inside[last:]
        for literal in re.findall(r'"((?:\\.|[^"\\\n])*)"', inside):
            line = tree.line_of(text, match.start())
            if says_something(literal) and "allowed:" not in "".join(
                text.split("\n")[max(0, line - 2):line]
            ):
                faults.append(f"{path}:{line}: {match[1]}: {literal!r} is not marked for translation")
    return faults


def cut_in_c(path, text):
    bare = tree.blank_comments(text)
    return [
        f"{path}:{tree.line_of(text, match.start())}: xgettext cuts the text at {cut[0]}"
        for match in MARKED.finditer(bare)
        for cut in CUT.finditer(bare[slice(*arguments_at(text, match.end() - 1))])
    ]


def unmarked_faults(files):
    faults = []
    for path, text in sorted(files.items()):
        if path.startswith("src/") and path.endswith(".ui"):
            faults += unmarked_in_ui(path, text)
        elif path.startswith(("src/ui/", "src/cli/", "src/engine/", "src/lab/")) and path.endswith(".c"):
            faults += unmarked_in_c(path, text) + cut_in_c(path, text)
    return faults


def has_text(path, text):
    if path.endswith(".c"):
        return MARKED.search(tree.blank_comments(text)) is not None
    if path.endswith(".ui"):
        return 'translatable="yes"' in text
    return path.startswith("data/") and path.endswith((".desktop.in", ".metainfo.xml.in", ".gschema.xml"))


def files_with_texts(files):
    return sorted(
        path
        for path, text in files.items()
        if path.startswith(("src/", "data/")) and has_text(path, text)
    )


def potfiles_faults(files):
    """What build-aux/potfiles would write otherwise."""
    listed = [
        line.strip()
        for line in files.get("po/POTFILES", "").splitlines()
        if line.strip() and not line.startswith("#")
    ]
    having = set(files_with_texts(files))
    faults = [f"po/POTFILES: lacks {path}" for path in sorted(having - set(listed))]
    faults += [f"po/POTFILES: {path} has no text" for path in sorted(set(listed) - having)]
    if listed != sorted(listed):
        faults.append("po/POTFILES: is not sorted")
    if len(listed) != len(set(listed)):
        faults.append("po/POTFILES: names a file twice")
    return faults
