"""faults: what can be wrong with a translation that a program can see.

Each check takes catalogues and returns a list of faults, each "LANGUAGE: what
is wrong with which text", so that test-planted.py can plant faults and see them
found.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import re

# How gettext counts in the languages that there are, as its manual gives it.
PLURALS = {
    "de": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "zh_CN": "nplurals=1; plural=0;",
}
MARKUP = re.compile(r"</?[a-z]+>|&\w+;")
# What ends a text, and what it may be in writing that is not Latin.
ENDS = {".": ".。", ":": ":：", "?": "?？", "!": "!！", ";": ";；"}


def quoted(text):
    return "“" + text.replace("\n", "\\n") + "”"


def missing_faults(language, template, catalogue):
    """Texts of the template that have no translation, or one that nobody has looked at since they changed."""
    faults = []
    for key, entry in template.items():
        there = catalogue.get(key)
        if there is None or not there.is_whole():
            faults.append(f"{language}: {quoted(entry.msgid)} is not translated")
        elif "fuzzy" in there.flags:
            faults.append(f"{language}: {quoted(entry.msgid)} is fuzzy")
        elif there.plural != entry.plural:
            faults.append(f"{language}: {quoted(entry.msgid)} has another plural now")
    return faults


def plural_faults(language, fields, catalogue):
    """A language counts in its own way, and each text that counts has a form for each way."""
    rule = fields.get("Plural-Forms", "")
    faults = []
    if language in PLURALS and rule != PLURALS[language]:
        faults.append(f"{language}: Plural-Forms is “{rule}”, not “{PLURALS[language]}”")
    count = re.match(r"nplurals=(\d+)", rule)
    forms = int(count[1]) if count else 0
    for entry in catalogue.values():
        if entry.plural is not None and len(entry.texts) != forms:
            faults.append(f"{language}: {quoted(entry.msgid)} has {len(entry.texts)} forms, not {forms}")
    return faults


def has_mnemonic(text):
    """Whether a text underlines a letter. One that names what has an underscore, as “fetch_add(v)”, quotes it."""
    return mnemonics_of(text) == 1 and not re.search(r"[“(]", text)


def mnemonics_of(text):
    return len(re.findall(r"_(?=\w)", text.replace("__", "")))


def edge(text, first):
    """The blanks and line ends at one end of a text."""
    return re.match(r"\s*", text)[0] if first else re.search(r"\s*$", text)[0]


def text_faults(msgid, text):
    """What one translation has otherwise than its original."""
    if edge(msgid, True) != edge(text, True) or edge(msgid, False) != edge(text, False):
        yield "begins or ends with other blanks"
    if has_mnemonic(msgid) and mnemonics_of(text) != 1:
        yield f"has {mnemonics_of(text)} mnemonics"
    if msgid.count("…") != text.count("…"):
        yield "has another number of ellipses"
    if "..." in text and "..." not in msgid:
        yield "has three dots for an ellipsis"
    if sorted(MARKUP.findall(msgid)) != sorted(MARKUP.findall(text)):
        yield "has other markup"
    last = msgid.rstrip()[-1:]
    if last in ENDS and text.rstrip()[-1:] not in ENDS[last]:
        yield f"does not end in “{last}”"


def is_title(entry):
    return any(path.endswith(".race") for path in entry.files) and not entry.msgid.endswith(".")


def form_faults(language, catalogue):
    """What is wrong with the translations that there are."""
    faults = []
    for entry in catalogue.values():
        for number, text in enumerate(entry.texts):
            # The first form is the singular's, but where there is only one.
            original = entry.msgid if number == 0 and len(entry.texts) > 1 else entry.plural or entry.msgid
            if text:
                wrong = [*text_faults(original, text)]
                # A race program's title is shown in its two halves.
                if is_title(entry) and text.count(": ") != 1:
                    wrong.append("is not “scenario: variant”, with one “: ”")
                faults += [f"{language}: {quoted(entry.msgid)}: {quoted(text)} {fault}" for fault in wrong]
    return faults


def letters_of(texts):
    """{letter: the texts that underline it}."""
    letters = {}
    for text in texts:
        match = re.search(r"_(\w)", text)
        if match:
            letters.setdefault(match[1].lower(), []).append(text)
    return letters


def has_twins(letters):
    return any(len(texts) > 1 for texts in letters.values())


def twin_faults(language, template, catalogue):
    """Two texts of one file that underline the same letter, where the original has each letter once."""
    of_file = {}
    for key, entry in template.items():
        if has_mnemonic(entry.msgid):
            for path in entry.files:
                of_file.setdefault(path, []).append(key)
    faults = []
    for path, keys in sorted(of_file.items()):
        there = [catalogue[key].texts[0] for key in keys if key in catalogue and catalogue[key].texts]
        if has_twins(letters_of(key[1] for key in keys)):
            continue
        faults += [
            f"{language}: {path}: {' and '.join(quoted(text) for text in texts)} share “{letter}”"
            for letter, texts in letters_of(there).items()
            if len(texts) > 1
        ]
    return faults
