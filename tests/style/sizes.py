"""sizes: no file above 500 lines and no function above 80, but for a reason.

The reasons stand in the file `long-for-a-reason` beside this: a path, or
path:function, then why. An entry that is no longer needed is a fault too.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re

import tree

MOST_LINES = 500
MOST_LINES_OF_A_FUNCTION = 80
SOURCES = (".c", ".h", ".py", ".ui", ".css")


def functions(text):
    """(name, first line, lines) of each function, which GNU style begins and ends in column 0."""
    lines = text.split("\n")
    start = None
    for number, line in enumerate(lines):
        if line == "{":
            # Back to the line that starts with the name: arguments below it are indented.
            head = number - 1
            while head > 0 and lines[head].startswith((" ", "\t")):
                head -= 1
            match = re.match(r"(\w+) ?\(", lines[head])
            start = (match[1], head) if match and lines[number - 1].endswith(")") else None
        elif line == "}" and start:
            yield start[0], start[1] + 1, number - start[1] + 1
            start = None


def read_reasons(text):
    return {
        line.split(None, 1)[0]: line.split(None, 1)[1]
        for line in text.splitlines()
        if len(line.split(None, 1)) == 2 and not line.startswith("#")
    }


def size_faults(files, reasons):
    faults = []
    used = set()

    def judge(key, place, what, lines, most):
        if lines > most:
            if key not in reasons:
                faults.append(f"{place}: {what} has {lines} lines, above {most}")
            used.add(key)

    for path, text in sorted(files.items()):
        if not path.startswith(("src/", "tests/")) or not path.endswith(SOURCES):
            continue
        judge(path, path, "the file", text.count("\n"), MOST_LINES)
        if tree.is_c(path):
            for name, first, lines in functions(tree.blank_comments(text)):
                judge(f"{path}:{name}", f"{path}:{first}", name, lines, MOST_LINES_OF_A_FUNCTION)
    faults += [
        f"long-for-a-reason: {key} is not long any more" for key in sorted(set(reasons) - used)
    ]
    return faults


def faults_of_the_tree(files):
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "long-for-a-reason")
    with open(path, encoding="utf-8") as file:
        return size_faults(files, read_reasons(file.read()))
