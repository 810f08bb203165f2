"""Each language of po/LINGUAS: whole, of the right form, built, installed and taken up."""
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import subprocess
import tempfile

import cases
import catalogue
import faults

APP = "org.bobbin.Bobbin"
BUILD = os.environ["BOBBIN_BUILD"]
CLI = os.path.join(BUILD, "src/cli/bobbin-cli")


def made_template():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "bobbin.pot")
        complaints = catalogue.make_template(path)
        return complaints, catalogue.read_file(path)[1]


COMPLAINTS, TEMPLATE = made_template()
THERE = {language: catalogue.read_file(catalogue.path_of(language)) for language in catalogue.languages()}


def none(check):
    """Gathers what a check of (language, fields, catalogue) finds in all languages."""
    found = [fault for language, (fields, there) in THERE.items() for fault in check(language, fields, there)]
    assert not found, f"{len(found)} faults\n" + "\n".join(found)


def test_xgettext_can_take_out_each_text_whole():
    assert not COMPLAINTS, COMPLAINTS


def test_there_is_a_template_to_compare_with():
    assert len(TEMPLATE) > 900, len(TEMPLATE)


def test_no_text_is_missing_fuzzy_or_not_translated():
    none(lambda language, fields, there: faults.missing_faults(language, TEMPLATE, there))


def test_the_plurals_are_those_of_the_language():
    none(faults.plural_faults)


def test_formats_fit_as_gettext_sees_it():
    for language in THERE:
        with tempfile.TemporaryDirectory() as folder:
            # Merged, so that what is a format is what the source says now.
            path = os.path.join(folder, language + ".po")
            template = os.path.join(folder, "bobbin.pot")
            catalogue.make_template(template)
            catalogue.merge(language, template, path)
            run = subprocess.run(
                ["msgfmt", "--check", "-o", os.path.join(folder, "bobbin.mo"), path],
                stderr=subprocess.PIPE, text=True,
            )  # fmt: skip
        assert run.returncode == 0 and not run.stderr, run.stderr


def test_translations_keep_the_form_of_their_texts():
    none(lambda language, fields, there: faults.form_faults(language, there))


def test_no_two_mnemonics_of_a_menu_are_the_same():
    none(lambda language, fields, there: faults.twin_faults(language, TEMPLATE, there))


def test_each_language_is_installed():
    run = subprocess.run(
        ["meson", "introspect", "--installed", BUILD], stdout=subprocess.PIPE, text=True, check=True
    )
    places = list(json.loads(run.stdout).values())
    for language in THERE:
        wanted = f"/share/locale/{language}/LC_MESSAGES/bobbin.mo"
        assert any(place.endswith(wanted) for place in places), f"{wanted} is not installed"


def test_the_program_that_was_built_speaks_each_language():
    for language, (_, there) in THERE.items():
        run = subprocess.run(
            [CLI, "--help"], stdout=subprocess.PIPE, text=True, check=True,
            env={**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": language},
        )  # fmt: skip
        said = [entry.texts[0] for (_, msgid), entry in there.items() if msgid.startswith("Usage:\n  bobbin-cli get")]
        assert said == [run.stdout], f"{language}: {run.stdout}"


def test_the_desktop_is_told_in_each_language():
    for name, mark in ((".desktop", "Comment[{}]="), (".metainfo.xml", 'xml:lang="{}"')):
        with open(os.path.join(BUILD, "data", APP + name), encoding="utf-8") as file:
            text = file.read()
        for language in THERE:
            assert mark.format(language) in text, f"{APP}{name} says nothing in {language}"


def test_preferences_name_where_their_summaries_are_translated():
    with open(os.path.join(catalogue.ROOT, "data", APP + ".gschema.xml"), encoding="utf-8") as file:
        assert '<schemalist gettext-domain="bobbin">' in file.read()


cases.run()
