"""bobbin-cli race, as a script calls it: what it prints, how it ends, and what it says of mistakes."""
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import re
import subprocess
import tempfile
from math import factorial

import cases

CLI = os.environ["BOBBIN_CLI"]
LOSES = 'shared n = 0;\nthread A, B { r = n; n = r + 1; }\nfinally n == 2;\n'
# Own variables that differ for ever: far more states than a bound of a thousand.
MANY = "shared n = 0;\nthread A, B, C, D { repeat 9 { r = n; n = r + self; } }\nshow n;\n"


def race(*words, cwd=None):
    done = subprocess.run([CLI, "race", *map(str, words)], capture_output=True, text=True, cwd=cwd, timeout=300)
    return done.returncode, done.stdout, done.stderr


def answer(*words, status=0):
    """The one object (or list) that --json prints."""
    ended, out, err = race(*words, "--json")
    assert ended == status, (words, ended, err)
    return json.loads(out)


def wrong(*words, says="", cwd=None):
    """A call that is refused: exit 2, nothing printed, a reason given."""
    ended, out, err = race(*words, cwd=cwd)
    assert ended == 2 and not out and err.strip(), (words, ended, out, err)
    assert re.search(says, err), (words, err)
    return err


def own(text, name="mine.race"):
    folder = tempfile.mkdtemp()
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)
    return path


def test_list_names_every_variant_with_its_title_and_kind():
    variants = answer("list")
    ids = [one["id"] for one in variants]
    assert len(ids) == len(set(ids)) == 56, len(ids)
    assert all(set(one) == {"id", "title", "kind"} for one in variants)
    assert {one["kind"] for one in variants} == {"broken", "wrong_fix", "fix"}
    assert "check-then-act/one-lock" in ids and all(one["title"] for one in variants)
    ended, out, _ = race("list")
    assert ended == 0 and [line.split("\t")[0] for line in out.splitlines()] == ids


def test_explore_prints_exactly_the_promised_object():
    found = answer("explore", "lost-update", "--threads", 2, "--increments", 1)
    assert list(found) == [
        "id", "complete", "states", "transitions", "schedules", "cycle", "livelock", "outcomes",
        "bad_schedules", "probability_bad", "witness", "livelock_path",
    ], list(found)  # fmt: skip
    assert found["id"] == "lost-update/racy" and found["complete"] is True
    assert (found["schedules"], found["bad_schedules"]) == ("20", "18")
    assert found["outcomes"] == [
        {"kind": "end", "values": {"count": 1}, "schedules": "18", "bad": True},
        {"kind": "end", "values": {"count": 2}, "schedules": "2", "bad": False},
    ], found["outcomes"]
    assert found["probability_bad"] == 0.75 and found["cycle"] is False and found["livelock"] is False
    witness = found["witness"]
    assert set(witness) == {"preemptions", "switches", "steps", "schedule"}
    assert (witness["preemptions"], witness["switches"], len(witness["steps"])) == (1, 2, 6)
    assert all(set(step) == {"thread", "choice", "text"} for step in witness["steps"])
    assert witness["steps"][0] in [{"thread": t, "choice": "", "text": "r = count;"} for t in "AB"]
    assert found["livelock_path"] is None


def test_known_counts_come_out_exactly():
    two = answer("explore", "lost-update/racy", "--threads", 2, "--increments", 2)
    assert {o["values"]["count"]: o["schedules"] for o in two["outcomes"]} == {2: "702", 3: "216", 4: "6"}
    stuck = answer("explore", "deadlock/philosophers-3")
    assert [o["schedules"] for o in stuck["outcomes"] if o["kind"] == "deadlock"] == ["6"]
    assert stuck["schedules"] == "168"
    ten = answer("explore", "minimum-two")
    assert min(o["values"]["count"] for o in ten["outcomes"]) == 2
    assert ten["schedules"] == "118264581564861424", ten["schedules"]
    large = answer("explore", "lost-update", "--threads", 3, "--increments", 6)
    assert large["schedules"] == str(factorial(54) // factorial(18) ** 3), large["schedules"]


def test_where_it_goes_round_counts_are_null_and_a_livelock_has_its_path():
    found = answer("explore", "deadlock/try-and-back-off")
    assert found["cycle"] and found["livelock"] and found["schedules"] is None
    assert found["bad_schedules"] is None and all(o["schedules"] is None for o in found["outcomes"])
    assert found["witness"] is None or found["witness"]["steps"]
    # The threads go round from their very start: nothing leads there.
    assert found["livelock_path"] == []


def test_a_proved_fix_has_no_witness():
    found = answer("explore", "check-then-act/one-lock")
    assert found["complete"] and found["witness"] is None and found["bad_schedules"] == "0"
    assert found["probability_bad"] == 0


def test_a_bound_makes_it_incomplete_and_the_status_says_so():
    path = own(MANY)
    found = answer("explore", path, "--max-states", 1000, status=3)
    assert found["complete"] is False and 0 < found["states"] <= 1000
    ended, out, _ = race("explore", path, "--max-states", 1000)
    assert ended == 3 and "Proved" not in out and "proved" not in out.replace("nothing is proved", "")


def test_a_program_of_ones_own_is_explored_run_and_replayed():
    path = own(LOSES)
    found = answer("explore", path)
    assert {o["values"]["n"]: o["schedules"] for o in found["outcomes"]} == {1: "4", 2: "2"}
    schedule = found["witness"]["schedule"]
    ran = answer("run", path, "--replay", schedule, "--runs", 50)
    assert ran["mode"] == "forced" and ran["runs"] == ran["bad_runs"] == 50
    assert ran["outcomes"] == [{"kind": "end", "values": {"n": 1}, "count": 50}], ran["outcomes"]
    for again in (answer("run", path, "--runs", 20), answer("run", path, "--runs", 20, "--nudge", 3)):
        assert sum(o["count"] for o in again["outcomes"]) == 20
        assert all(o["values"]["n"] in (1, 2) for o in again["outcomes"])


def test_run_prints_exactly_the_promised_object():
    ran = answer("run", "lost-update", "--threads", 3, "--increments", 5, "--runs", 40, "--nudge", "off")
    assert list(ran) == ["id", "mode", "nudge", "runs", "outcomes", "bad_runs", "seconds"], list(ran)
    assert (ran["mode"], ran["nudge"], ran["runs"]) == ("unassisted", 0, 40)
    assert all(set(o) == {"kind", "values", "count"} for o in ran["outcomes"])
    assert sum(o["count"] for o in ran["outcomes"]) == 40
    assert ran["bad_runs"] == sum(o["count"] for o in ran["outcomes"] if o["values"]["count"] != 15)
    nudged = answer("run", "lost-update", "--runs", 10, "--nudge", 4)
    assert (nudged["mode"], nudged["nudge"]) == ("nudged", 4)
    auto = answer("run", "lost-update", "--runs", 10, "--nudge", "auto")
    assert auto["mode"] == "nudged" and auto["nudge"] > 0


def test_a_real_deadlock_is_ended_and_counted():
    ran = answer("run", "deadlock", "--replay", answer("explore", "deadlock")["witness"]["schedule"], "--runs", 5)
    assert ran["outcomes"] == [{"kind": "deadlock", "values": {}, "count": 5}] and ran["bad_runs"] == 5


def test_bench_measures_each_mechanism():
    costs = answer("bench", "--threads", "1,2")
    text = json.dumps(costs)
    for mechanism in ("racy", "mutex", "atomic"):
        assert mechanism in text, text[:300]


def test_mistakes_in_a_program_are_said_with_file_line_and_column():
    for text, line, column in (
        ("shared n = 0;\nthread A { n = n + 1; }\n", 2, None),
        ("shared n = ;\n", 1, 12),
        ("thread A { skip }\n", 1, 17),
        ("thread A { x = y; }\n", 1, 16),
        ("", 1, 1),
        ("thread A { while (1) { } }\n", 1, None),
        ('title "no end\nthread A { skip; }\n', 1, None),
        ("shared n = 99999999999999999999;\nthread A { skip; }\n", 1, 12),
        ("thread A { skip; }\r\nthread A { skip; }\n", 2, 8),
        ("thread Ä { skip; }\n", 1, 8),
        ("shared n = 0;\nthread A { n = 1; }\nalways n == 1;\n", 3, None),
    ):
        for word in ("explore", "run"):
            path = own(text)
            err = wrong(word, path)
            place = re.match(re.escape(path) + r":(\d+):(\d+): \S", err)
            assert place, (text, err)
            assert int(place[1]) == line and (column is None or int(place[2]) == column), (text, err)


def test_what_is_no_text_or_too_large_is_refused():
    path = own("")
    with open(path, "wb") as file:
        file.write(b"shared n = 0;\n\xff\xfe\n")
    wrong("explore", path)
    with open(path, "wb") as file:
        file.write(b"thread A { skip; }\n" + b" " * (1024 * 1024))
    wrong("explore", path)
    with open(path, "wb") as file:
        file.write(b"thread A { skip; }\0thread B { skip; }\n")
    wrong("explore", path)


def test_what_is_not_there_is_refused():
    wrong("explore", "no-such-scenario")
    wrong("explore", "lost-update/no-such-variant")
    wrong("explore", "/no/such/file.race", says="file.race")
    wrong("explore", tempfile.mkdtemp())
    wrong("run", "no-such-scenario")


def test_bad_arguments_are_refused_before_anything_runs():
    for words in (
        (), ("nonsense",), ("list", "more"), ("explore",), ("run",), ("explore", "lost-update", "deadlock"),
        ("explore", "lost-update", "--threads", 0), ("explore", "lost-update", "--threads", 65),
        ("explore", "lost-update", "--threads", "two"), ("explore", "lost-update", "--increments", 0),
        ("explore", "lost-update", "--increments", "-1"), ("explore", "deadlock", "--threads", 3),
        ("explore", "lost-update", "--max-states", 0), ("explore", "lost-update", "--max-states", "1e3"),
        ("explore", "lost-update", "--no-such-option"), ("run", "lost-update", "--runs", 0),
        ("run", "lost-update", "--runs", "many"), ("run", "lost-update", "--nudge", "-3"),
        ("run", "lost-update", "--nudge", "often"), ("run", "lost-update", "--timeout", 0),
        ("run", "deadlock", "--replay", "nonsense"), ("run", "deadlock", "--replay", "A999"),
        ("bench", "--threads", "0"), ("bench", "--threads", "1,,2"),
        ("bench", "--threads", "many"), ("bench", "more"),
    ):  # fmt: skip
        wrong(*words)


def test_a_schedule_that_cannot_be_followed_is_refused():
    found = answer("explore", "deadlock")
    stuck = found["witness"]["schedule"]
    assert stuck
    wrong("run", "deadlock/one-order", "--replay", stuck + " " + stuck)


if __name__ == "__main__":
    cases.run()
