"""The project's files against the style checks."""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import subprocess

import cases
import floors
import lists
import sizes
import texts
import tree
import words

FILES = tree.load()
HERE = os.path.dirname(os.path.abspath(__file__))


def none(faults, remedy=""):
    assert not faults, f"{len(faults)} faults {remedy}\n" + "\n".join(faults)


def test_no_include_runs_upwards_and_each_library_stays_in_its_room():
    none(floors.upward_faults(FILES))


def test_no_files_include_each_other_in_a_circle():
    none(floors.circle_faults(FILES))


def test_files_and_functions_are_short_but_for_a_reason():
    none(sizes.faults_of_the_tree(FILES))


def test_forbidden_calls_and_words_are_not_there():
    none(words.word_faults(FILES))


def test_nothing_is_put_off():
    none(words.mark_faults(FILES))


def test_each_file_says_what_it_is_for_and_its_licence():
    none(words.head_faults(FILES))


def test_each_text_that_people_read_can_be_translated():
    none(texts.unmarked_faults(FILES))


def test_potfiles_names_each_file_with_texts():
    none(texts.potfiles_faults(FILES), "(build-aux/potfiles mends them)")


def test_each_source_is_built():
    none(lists.unbuilt_faults(FILES))


def test_each_test_is_run():
    none(lists.unrun_faults(FILES))


def test_each_file_of_c_is_formatted():
    with open(os.path.join(HERE, "unformatted"), encoding="utf-8") as file:
        spared = set(file.read().split())
    paths = sorted(p for p in FILES if tree.is_c(p) and p not in spared)
    half = len(paths) // 2
    runs = [
        subprocess.Popen(
            ["clang-format-14", "--dry-run", "-Werror", *part],
            cwd=tree.ROOT, stderr=subprocess.PIPE, text=True,
        )
        for part in (paths[:half], paths[half:])
    ]  # fmt: skip
    out = "".join(run.communicate()[1] for run in runs)
    names = sorted({line.split(":")[0] for line in out.splitlines() if ": error:" in line})
    none([f"clang-format-14 -i {name}" for name in names])
    assert all(run.returncode == 0 for run in runs), out


cases.run()
