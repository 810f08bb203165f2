"""cases: test functions as TAP, so that Meson counts each by itself.

A window test is a module whose functions named test_… are its cases, run in the
order in which they stand, with `cases.run()` on its last line. A case is said in
its name, underscores for spaces. Words after the module's name pick the cases
that have one of them in their name, for whoever looks for the fault in one.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import sys
import traceback


def run(module="__main__"):
    """Runs all cases of the module and exits: 0 where none failed, else 1."""
    tests = [
        (name, function)
        for name, function in vars(sys.modules[module]).items()
        if name.startswith("test_") and callable(function)
        and (len(sys.argv) < 2 or any(word in name for word in sys.argv[1:]))
    ]
    failed = 0
    print(f"1..{len(tests)}", flush=True)
    for number, (name, function) in enumerate(tests, 1):
        try:
            function()
            verdict = "ok"
        except Exception:  # a case that fails must not keep the next from running
            failed += 1
            verdict = "not ok"
            # Meson shows the standard error of a TAP test, and keeps its output to itself.
            print(f"{name}:\n{traceback.format_exc()}", file=sys.stderr, flush=True)
        print(f"{verdict} {number} {name[5:].replace('_', ' ')}", flush=True)
    sys.exit(1 if failed else 0)
