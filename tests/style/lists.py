"""lists: nothing lies about that no build or run takes up."""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re


def meson_names(files, folder):
    """All quoted names in the meson.build of @folder or the nearest above it, as paths."""
    names = set()
    while True:
        text = files.get(os.path.join(folder, "meson.build"))
        if text is not None:
            for name in re.findall(r"'([^'\n]+)'", text):
                names.add(os.path.normpath(os.path.join(folder, name)))
        if folder in ("", "src", "tests"):
            return names
        folder = os.path.dirname(folder)


def unbuilt_faults(files):
    """Each .c of src is in a meson.build, each scenario and .ui in a list of its own."""
    faults = []
    resources = "".join(text for path, text in files.items() if path.endswith(".gresource.xml"))
    for path in sorted(files):
        if not path.startswith("src/"):
            continue
        if path.endswith((".c", ".race")) and path not in meson_names(files, os.path.dirname(path)):
            faults.append(f"{path}: is in no meson.build")
        if path.endswith(".ui") and os.path.basename(path) not in resources:
            faults.append(f"{path}: is in no gresource.xml")
    return faults


def unrun_faults(files):
    """Each tests/SUITE/test-NAME is named in its suite's meson.build."""
    faults = []
    for path in sorted(files):
        match = re.fullmatch(r"tests/(\w+)/test-([\w-]+)\.(c|py)", path)
        if match:
            text = files.get(f"tests/{match[1]}/meson.build", "")
            if f"'{match[2]}'" not in text and os.path.basename(path) not in text:
                faults.append(f"{path}: tests/{match[1]}/meson.build does not list it")
    return faults
