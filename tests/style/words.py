"""words: calls and words that our C does without, and why.

Where one is right all the same, its line says so in a comment that begins with
"allowed:" and gives the reason, on the line itself or the one above.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import re

import tree

# A pattern, where it holds, and why not.
FORBIDDEN = (
    (r"\b(sprintf|vsprintf|strcpy|strcat|gets|strtok) ?\(", "src tests", "writes past its buffer"),
    (r"\b(system|popen) ?\(", "src", "hands a text to a shell"),
    (r"\b(tmpnam|tempnam|mktemp) ?\(", "src tests", "leaves a gap for another's file"),
    (r"\b(atoi|atol|atoll|atof) ?\(", "src", "cannot tell a bad number from 0"),
    (r"\bg_(idle_add|main_context_invoke)(_full)? ?\(", "src/engine src/lab",
     "is not coalesced: post to the mailbox"),
    (r"\bg_cancellable_reset ?\(", "src", "races with who cancels: make a new one"),
    (r"\bg_output_stream_splice ?\(", "src/engine", "copies by 8 KiB"),
    (r"\bposix_fallocate ?\(", "src", "writes zeros where the file system cannot"),
    (r"\b(GMutex|GCond|GRecMutex|GRWLock|g_(mutex|cond)_\w+)\b", "src",
     "ThreadSanitizer does not see it: pthread_mutex_t"),
    (r"\b(gchar|gint|gdouble|glong|gshort|guchar) ?\b", "src tests", "C has a name for it"),
    (r"\b(sleep|usleep|g_usleep|nanosleep) ?\(", "src tests",
     "waits for a time, not for a condition"),
    (r"\bgoto\b", "src tests", "g_autoptr cleans up"),
    (r"\b(alloca|g_alloca|g_newa0?) ?\(", "src", "has no bound"),
    (r"\bg_list_nth(_data)? ?\(", "src", "goes through the list each time"),
)  # fmt: skip
# Split, so that this file does not find itself.
MARKS = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")
SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"


def word_faults(files):
    faults = []
    for path, text in sorted(files.items()):
        if not tree.is_c(path):
            continue
        lines = text.split("\n")
        bare = tree.blank_comments(text)
        for pattern, places, why in FORBIDDEN:
            if not path.startswith(tuple(place + "/" for place in places.split())):
                continue
            for match in re.finditer(pattern, bare):
                number = tree.line_of(bare, match.start())
                if not any("allowed:" in line for line in lines[max(0, number - 2):number]):
                    word = match[0].rstrip(" (")
                    faults.append(f"{path}:{number}: {word}: {why}")
    return faults


def mark_faults(files):
    """Work put off is in the tracker, not in the text."""
    return [
        f"{path}:{tree.line_of(text, match.start())}: {match[0]}: finish it, or leave it out"
        for path, text in sorted(files.items())
        if path.endswith((".c", ".h", ".py", ".ui", ".build", ".md", ".race", ".css"))
        for match in MARKS.finditer(text)
    ]


def head_faults(files):
    """Each file of code says under which licence it is, and C what it is for."""
    faults = []
    for path, text in sorted(files.items()):
        if not path.endswith((".c", ".h", ".py")):
            continue
        head = "\n".join(text.split("\n")[:40])
        if SPDX not in head:
            faults.append(f"{path}:1: no SPDX line")
        if tree.is_c(path) and not text.startswith("/*"):
            faults.append(f"{path}:1: does not begin with what it is for")
        if path.endswith(".h") and "#pragma once" not in head:
            faults.append(f"{path}:1: no #pragma once")
    return faults
