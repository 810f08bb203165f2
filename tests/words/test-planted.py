"""Faults planted in translations, each of which must be found, and what must not be."""
# SPDX-License-Identifier: GPL-3.0-or-later
import cases
import catalogue
import faults

HEAD = 'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


def pages(*entries):
    """A catalogue of entries given as (msgid, msgstr[, what stands before])."""
    text = HEAD
    for msgid, msgstr, *before in entries:
        text += "".join(before) + f'msgid "{msgid}"\nmsgstr "{msgstr}"\n\n'
    return catalogue.read(text)[1]


def test_a_catalogue_is_read_as_it_was_written():
    fields, there = catalogue.read(
        HEAD
        + '#. Translators: a remark\n#: src/a.c:12 src/b.ui:3\n#, fuzzy, c-format\nmsgctxt "menu"\n'
        'msgid ""\n"%d \\"file\\"\\n"\nmsgid_plural "%d files\\n"\nmsgstr[0] "%d Datei\\n"\n'
        'msgstr[1] ""\n"%d "\n"Dateien\\n"\n\n#~ msgid "gone"\n#~ msgstr "fort"\n'
    )
    assert fields == {"Plural-Forms": "nplurals=2; plural=(n != 1);"}
    assert list(there) == [("menu", '%d "file"\n')]
    entry = there["menu", '%d "file"\n']
    assert entry.plural == "%d files\n" and entry.texts == ["%d Datei\n", "%d Dateien\n"]
    assert entry.flags == {"fuzzy", "c-format"} and entry.files == {"src/a.c", "src/b.ui"}


def test_a_text_that_is_missing_empty_fuzzy_or_counts_anew_is_found():
    template = pages(("Add", ""), ("Open", ""))
    whole = (("Add", "Hinzufügen"), ("Open", "Öffnen"))
    assert not faults.missing_faults("de", template, pages(*whole))
    assert len(faults.missing_faults("de", template, pages(whole[0]))) == 1
    assert len(faults.missing_faults("de", template, pages(whole[0], ("Open", "")))) == 1
    assert len(faults.missing_faults("de", template, pages(whole[0], (*whole[1], "#, fuzzy\n")))) == 1
    assert len(faults.missing_faults("de", template, pages(whole[0], (*whole[1], 'msgctxt "verb"\n')))) == 1
    counts = catalogue.read('msgid "Add"\nmsgid_plural "Adds"\nmsgstr[0] ""\n')[1]
    assert len(faults.missing_faults("de", counts, pages(whole[0]))) == 1


def test_plurals_that_do_not_fit_the_language_are_found():
    rule = {"Plural-Forms": "nplurals=2; plural=(n != 1);"}
    two = catalogue.read('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\nmsgstr[1] "d"\n')[1]
    one = catalogue.read('msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n')[1]
    assert not faults.plural_faults("de", rule, two)
    assert len(faults.plural_faults("de", rule, one)) == 1
    assert len(faults.plural_faults("fr", rule, two)) == 1
    assert len(faults.plural_faults("zh_CN", {"Plural-Forms": "nplurals=1; plural=0;"}, two)) == 1
    assert len(faults.plural_faults("de", {}, two)) == 2


def test_a_translation_of_another_form_is_found():
    for msgid, text in (
        ("_Open", "Öffnen"),
        ("_Open", "Ö_ff_nen"),
        ("Remo_ve", "Entfernen"),
        ("Add…", "Hinzufügen"),
        ("Add…", "Hinzufügen..."),
        ("Wait", "Warte…"),
        ("%d files\\n", "%d Dateien"),
        ("%d files ", "%d Dateien"),
        ("one", " eins"),
        ("Done.", "Fertig"),
        ("Name:", "Name"),
        ("a;b;", "a;b"),
        ("<b>bold</b>", "fett"),
    ):
        assert faults.form_faults("de", pages((msgid, text))), (msgid, text)


def test_a_translation_of_the_same_form_is_left_alone():
    for msgid, text in (
        ("_Open", "Ö_ffnen"),
        ("_Open", "打开(_O)"),
        ("use “fetch_add(v, 1);”", "„fetch_add(v, 1);“ nehmen"),
        ("names have “_”", "Namen haben „_“"),
        ("Add…", "Hinzufügen …"),
        ("Done.", "完成。"),
        ("Name: ", "Nom : "),
        ("%d files\\n", "%d Dateien\\n"),
        ("<b>bold</b>", "<b>fett</b>"),
        ("Open", ""),
    ):
        assert not faults.form_faults("de", pages((msgid, text))), (msgid, text)


def test_a_title_of_a_race_program_without_its_two_halves_is_found():
    place = "#: src/lab/scenarios/barrier/racy.race\n"
    assert not faults.form_faults("zh_CN", pages(("A barrier: racy", "屏障: 有竞争", place)))
    assert len(faults.form_faults("zh_CN", pages(("A barrier: racy", "屏障：有竞争", place)))) == 1
    assert not faults.form_faults("zh_CN", pages(("All stop: then go.", "都停下，再走。", place)))


def test_the_form_of_a_plural_is_that_of_the_plural():
    there = catalogue.read(
        'msgid "one file"\nmsgid_plural "%d files…"\nmsgstr[0] "eine Datei"\nmsgstr[1] "%d Dateien"\n'
    )[1]
    assert len(faults.form_faults("de", there)) == 1
    alone = catalogue.read('msgid "one file"\nmsgid_plural "%d files…"\nmsgstr[0] "%d 个文件…"\n')[1]
    assert not faults.form_faults("zh_CN", alone)


def test_two_mnemonics_of_one_letter_are_found():
    place = "#: src/a.ui:1\n"
    template = pages(("_Open", "", place), ("_Pause", "", place))
    twins = pages(("_Open", "_Fortsetzen"), ("_Pause", "An_fangen"))
    assert len(faults.twin_faults("de", template, twins)) == 1
    assert not faults.twin_faults("de", template, pages(("_Open", "_Fortsetzen"), ("_Pause", "_Pause")))
    apart = pages(("_Open", "", place), ("_Pause", "", "#: src/b.ui:1\n"))
    assert not faults.twin_faults("de", apart, twins)
    same = pages(("_Open", "", place), ("P_ost", "", place))
    assert not faults.twin_faults("de", same, pages(("_Open", "_A"), ("P_ost", "_A")))


cases.run()
