"""Faults planted for the style checks, each of which must be found, and what must not be."""
# SPDX-License-Identifier: GPL-3.0-or-later
import cases
import floors
import lists
import sizes
import texts
import words


def found(check, *arguments, **files):
    """How many faults a check finds in files given as name=(path, text)."""
    return len(check(dict(files.values()), *arguments))


def one(path, text):
    return {"file": (path, text)}


def test_an_arrow_upwards_is_found():
    for path, text in (
        ("src/base/clock.c", '#include "engine/plan/state.h"\n'),
        ("src/engine/plan/state.c", '#include "engine/run/pool.h"\n'),
        ("src/engine/http/tls.c", '#include "engine/disk/journal.h"\n'),
        ("src/engine/disk/journal.c", '# include "engine/engine.h"\n'),
        ("src/lab/run.c", '#include "engine/engine.h"\n'),
        ("src/lab/language/parser.c", '#include "lab/explore/graph.h"\n'),
        ("src/ui/window.c", '#include "cli/get.h"\n'),
        ("src/ui/window.c", '#include "engine/run/pool.h"\n'),
        ("src/cli/race.c", '#include "lab/catalogue.h"\n'),
        ("src/ui/window.c", '#include "config.h"\n'),
        ("src/other/window.c", '#include "base/clock.h"\n'),
    ):
        assert found(floors.upward_faults, **one(path, text)) == 1, path


def test_an_arrow_downwards_is_none():
    for path, text in (
        ("src/engine/run/pool.c", '#include "engine/plan/state.h"\n#include <glib.h>\n'),
        ("src/engine/model/engine.c", '#include "engine/engine.h"\n'),
        ("src/ui/window.c", '#include "engine/engine.h"\n#include "lab/lab.h"\n#include <gtk/gtk.h>\n'),
        ("src/ui/window.c", '#include "ui/plot/axis.h"\n#include <adwaita.h>\n'),
        ("tests/unit/test-pool.c", '#include "engine/run/pool.h"\n'),
    ):
        assert found(floors.upward_faults, **one(path, text)) == 0, path


def test_a_library_out_of_its_room_is_found():
    for path, header in (
        ("src/engine/model/engine.c", "gtk/gtk.h"),
        ("src/cli/main.c", "gdk/gdk.h"),
        ("src/lab/run.c", "adwaita.h"),
        ("src/engine/run/pool.c", "libsoup/soup.h"),
        ("src/engine/model/engine.c", "sqlite3.h"),
        ("src/ui/window.c", "gmp.h"),
    ):
        assert found(floors.upward_faults, **one(path, f"#include <{header}>\n")) == 1, path


def test_a_circle_is_found():
    circle = {
        "a": ("src/base/a.h", '#include "base/b.h"\n'),
        "b": ("src/base/b.c", '#include "base/c.h"\n'),
        "c": ("src/base/c.h", '#include "base/a.h"\n'),
    }
    assert found(floors.circle_faults, **circle) == 1
    del circle["b"]
    assert found(floors.circle_faults, **circle) == 0
    own = one("src/base/a.c", '#include "base/a.h"\n#include "base/a-private.h"\n')
    assert found(floors.circle_faults, **own) == 0


def test_long_files_and_functions_are_found():
    body = "static int\nlong_one (int a,\n          int b)\n{\n" + "  a ();\n" * 80 + "}\n"
    assert found(sizes.size_faults, {}, **one("src/base/a.c", body)) == 1
    assert found(sizes.size_faults, {"src/base/a.c:long_one": "a table"}, **one("src/base/a.c", body)) == 0
    assert found(sizes.size_faults, {}, **one("src/base/a.c", body.replace("  a ();\n", "", 10))) == 0
    assert found(sizes.size_faults, {}, **one("src/base/a.c", "/* */\n" * 501)) == 1
    assert found(sizes.size_faults, {}, **one("src/base/a.c", "/* */\n" * 500)) == 0
    assert found(sizes.size_faults, {"src/base/a.c": "was long"}, **one("src/base/a.c", "")) == 1
    table = "struct a\n{\n" + "  int a;\n" * 100 + "};\n"
    assert found(sizes.size_faults, {}, **one("src/base/a.c", table)) == 0


def test_forbidden_calls_are_found():
    for path, call in (
        ("src/base/a.c", "sprintf (a, b)"),
        ("tests/unit/test-a.c", "strcpy (a, b)"),
        ("src/ui/a.c", 'system ("ls")'),
        ("src/engine/run/a.c", "g_idle_add (progress, self)"),
        ("src/engine/run/a.c", "g_idle_add_full (1, progress, self, NULL)"),
        ("src/engine/run/a.c", "GMutex lock"),
        ("tests/net/test-a.c", "g_usleep (1000)"),
        ("src/lab/a.c", "goto cleanup"),
        ("src/lab/a.c", "gchar *a"),
    ):
        assert found(words.word_faults, **one(path, f"  {call};\n")) == 1, call


def test_what_only_looks_forbidden_is_left_alone():
    for path, line in (
        ("src/base/a.c", "g_snprintf (a, 1, b);"),
        ("src/base/a.c", "/* no sprintf (a, b) here */"),
        ("src/base/a.c", 'show ("system (ls)");'),
        ("src/ui/a.c", "g_idle_add (grab_focus, self);"),
        ("src/base/a.c", "sleep (1); /* allowed: for the sake of it */"),
        ("src/base/a.c", "/* allowed: for the sake of it */\n  sleep (1);"),
        ("src/base/a.c", "gint64 a;"),
    ):
        assert found(words.word_faults, **one(path, f"  {line}\n")) == 0, line


def test_work_put_off_and_headless_files_are_found():
    mark = "TO" + "DO"
    assert found(words.mark_faults, **one("src/base/a.c", f"/* {mark}: later */\n")) == 1
    assert found(words.mark_faults, **one("src/base/a.c", "/* a mastodon */\n")) == 0
    good = "/* a.h: a. */\n/* SPDX-License-Identifier: GPL-3.0-or-later */\n#pragma once\n"
    assert found(words.head_faults, **one("src/base/a.h", good)) == 0
    assert found(words.head_faults, **one("src/base/a.h", good.replace("#pragma once", ""))) == 1
    assert found(words.head_faults, **one("src/base/a.h", good.replace("SPDX", ""))) == 1
    assert found(words.head_faults, **one("src/base/a.h", "\n" + good)) == 1


def test_texts_that_nobody_can_translate_are_found():
    for path, line in (
        ("src/ui/a.c", 'gtk_label_set_text (label, "Add files");'),
        ("src/ui/a.c", 'gtk_label_set_text (label, a ? _("Add") : "Remove");'),
        ("src/engine/run/a.c", 'g_set_error (error, ENGINE_ERROR, 1, "%s broke", name);'),
        ("src/cli/a.c", 'g_printerr ("cannot open %s\\n", name);'),
        ("src/ui/a.c", 'puts (_ ("%" G_GINT64_FORMAT " states"));'),
        ("src/ui/a.ui", '<property name="label">Add</property>'),
        ("src/ui/a.ui", '<property name="tooltip-text" context="a">Add</property>'),
    ):
        assert found(texts.unmarked_faults, **one(path, line + "\n")) == 1, line


def test_texts_that_are_marked_or_say_nothing_are_left_alone():
    for path, line in (
        ("src/ui/a.c", 'gtk_label_set_text (label, _("Add files"));'),
        ("src/ui/a.c", 'gtk_label_set_text (label, "%");'),
        ("src/ui/a.c", 'puts (_ ("%" PRId64 " states"));'),
        ("src/ui/a.c", 'g_set_error (e, A, 1, ngettext ("%d file", "%d files", n), n);'),
        ("src/cli/a.c", 'g_print ("%s\\t%5.1f\\n", name, x);'),
        ("src/ui/a.c", '/* gtk_label_set_text (label, "Add files"); */'),
        ("src/ui/a.ui", '<property name="label" translatable="yes">Add</property>'),
        ("src/ui/a.ui", '<property name="label">&#215;</property>'),
        ("src/ui/a.ui", '<property name="icon-name">list-add-symbolic</property>'),
    ):
        assert found(texts.unmarked_faults, **one(path, line + "\n")) == 0, line


def test_potfiles_that_lack_or_lie_are_found():
    files = {
        "pot": ("po/POTFILES", "src/ui/a.c\n"),
        "a": ("src/ui/a.c", '_("Add")'),
        "b": ("src/ui/b.ui", '<property name="label" translatable="yes">B</property>'),
    }
    assert found(texts.potfiles_faults, **files) == 1
    files["pot"] = ("po/POTFILES", "src/ui/a.c\nsrc/ui/b.ui\n")
    assert found(texts.potfiles_faults, **files) == 0
    files["pot"] = ("po/POTFILES", "src/ui/b.ui\nsrc/ui/a.c\n")
    assert found(texts.potfiles_faults, **files) == 1
    files["pot"] = ("po/POTFILES", "src/ui/a.c\nsrc/ui/b.ui\nsrc/ui/gone.c\n")
    assert found(texts.potfiles_faults, **files) == 1


def test_what_nobody_builds_or_runs_is_found():
    files = {
        "build": ("src/lab/meson.build", "'real/a.c', 'scenarios/s.race'"),
        "a": ("src/lab/real/a.c", ""),
        "s": ("src/lab/scenarios/s.race", ""),
        "list": ("tests/unit/meson.build", "'clock',"),
        "t": ("tests/unit/test-clock.c", ""),
    }
    assert found(lists.unbuilt_faults, **files) == 0
    assert found(lists.unrun_faults, **files) == 0
    assert found(lists.unbuilt_faults, **one("src/lab/real/b.c", "")) == 1
    assert found(lists.unbuilt_faults, **one("src/ui/b.ui", "")) == 1
    assert found(lists.unrun_faults, **one("tests/unit/test-b.c", "")) == 1


cases.run()
