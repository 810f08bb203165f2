"""The explorer beside a second meaning of the language that walks every schedule of small random programs."""
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import random
import subprocess
import tempfile

import cases
import race_graph
import race_model
import race_random

CLI = os.environ["BOBBIN_CLI"]
PROGRAMS = int(os.environ.get("BOBBIN_RACE_PROGRAMS", "300"))
FIRST = int(os.environ.get("BOBBIN_RACE_FIRST", "1"))
MOST_STATES = 1500
MOST_SCHEDULES = 20000
FIELDS = [
    "id", "complete", "states", "transitions", "schedules", "cycle", "livelock", "outcomes", "bad_schedules",
    "probability_bad", "witness", "livelock_path",
]


def explore(text, *options):
    with tempfile.NamedTemporaryFile("w", suffix=".race") as file:
        file.write(text)
        file.flush()
        done = subprocess.run(
            [CLI, "race", "explore", file.name, "--json", *options], capture_output=True, text=True, timeout=600
        )
    return done.returncode, done.stdout, done.stderr


def follow(program, graph, steps):
    """The number of the world that steps of an answer lead to, or FAILED."""
    at = 0
    for step in steps:
        assert at != race_model.FAILED, "steps behind a failure"
        wanted = (program.names.index(step["thread"]), step["choice"])
        at = dict(graph.edges[at])[wanted]
    return at


def cost_of(program, graph, steps):
    at, last, cost = 0, None, [0, 0, 0]
    for step in steps:
        thread = program.names.index(step["thread"])
        if last is not None and thread != last:
            cost[1] += 1
            cost[0] += any(move[0] == last for move, _ in graph.edges[at])
        cost[2] += 1
        last = thread
        at = dict(graph.edges[at])[(thread, step["choice"])]
    return tuple(cost)


def check_counts(program, graph, answer, cyclic):
    seen = {}
    for outcome in answer["outcomes"]:
        values = tuple(outcome["values"][race_model.shown_text(s)] for s in program.shown) if outcome["kind"] == "end" else ()
        assert outcome["kind"] == "end" or outcome["values"] == {}
        key = (outcome["kind"], values, outcome["bad"])
        assert key not in seen, f"{key} twice"
        seen[key] = outcome["schedules"]
    if cyclic:
        expected = set(graph.endings.values())
        if any(then == race_model.FAILED for edges in graph.edges for _, then in edges):
            expected.add(("failed", (), True))
        assert set(seen) == expected, (seen, expected)
        assert set(seen.values()) <= {None} and answer["schedules"] is None and answer["bad_schedules"] is None
        return graph.least_cost()
    counts, best = graph.walk_all(MOST_SCHEDULES)
    assert seen == {key: str(count) for key, count in counts.items()}, (seen, counts)
    assert answer["schedules"] == str(sum(counts.values()))
    assert answer["bad_schedules"] == str(sum(n for key, n in counts.items() if key[2]))
    assert graph.least_cost() == best
    return best


def check_witness(program, graph, witness, best):
    if best is None:
        assert witness is None
        return
    assert (witness["preemptions"], witness["switches"], len(witness["steps"])) == best, (witness, best)
    assert cost_of(program, graph, witness["steps"]) == best
    end = follow(program, graph, witness["steps"])
    assert end == race_model.FAILED or graph.endings[end][2]


def check(seed):
    """False where the program is too large to be walked, or none."""
    program = race_random.Maker(random.Random(seed)).program()
    text = program.text()
    try:
        graph = race_graph.Graph(program, MOST_STATES)
        if not graph.has_cycle():
            graph.walk_all(MOST_SCHEDULES)
    except race_graph.TooLarge:
        return False
    except race_model.Fault:
        status, _, problem = explore(text)
        assert status == 2 and "before the first step" in problem, problem
        return True
    if not graph.worlds[0].holds(program.always):
        status, _, problem = explore(text)
        assert status == 2 and "at the start" in problem, problem
        return True
    status, output, problem = explore(text)
    assert status == 0, problem
    answer = json.loads(output)
    assert list(answer) == FIELDS and answer["complete"] is True
    cyclic = graph.has_cycle()
    assert answer["cycle"] == cyclic
    check_witness(program, graph, answer["witness"], check_counts(program, graph, answer, cyclic))
    assert abs(answer["probability_bad"] - (1 - graph.probability_good())) < 1e-9
    livelocked = graph.livelocked() if cyclic else set()
    assert answer["livelock"] == bool(livelocked)
    kinds = graph.kinds()
    if livelocked:
        assert kinds[follow(program, graph, answer["livelock_path"])] in {kinds[n] for n in livelocked}
    else:
        assert answer["livelock_path"] is None
    # States that differ in nothing but what nobody reads any more are one.
    assert len(set(kinds)) <= answer["states"] <= len(graph.worlds)
    return True


def test_random_programs_are_as_when_every_schedule_is_walked():
    done, seed, faults = 0, FIRST, []
    while done < PROGRAMS:
        try:
            done += check(seed)
        except Exception as error:
            faults.append(f"seed {seed}: {type(error).__name__} {error}\n{race_random.Maker(random.Random(seed)).program().text()}")
            done += 1
        seed += 1
    assert not faults, f"{len(faults)} of {done} programs:\n" + "\n".join(faults[:5])


def test_a_limit_makes_the_answer_incomplete():
    text = "shared x = 0; thread A, B { repeat 9 { x = 1; } } finally x == 0;"
    whole = json.loads(explore(text)[1])
    status, output, _ = explore(text, "--max-states", str(whole["states"]))
    assert status == 0 and json.loads(output)["complete"] is True
    status, output, _ = explore(text, "--max-states", str(whole["states"] - 1))
    answer = json.loads(output)
    assert status == 3 and answer["complete"] is False
    assert answer["schedules"] is None and answer["probability_bad"] is None
    assert answer["sample"]["bad"] == answer["sample"]["walks"] > 0 and answer["sample"]["high"] == 1


def test_what_grows_for_ever_is_incomplete():
    for text in (
        "queue q; thread A { while (1) { put q, 1; } }",
        "memory tso; shared x = 0; thread A { while (1) { x = 1; } }",
        "thread A { x = 0; while (1) { x = x + 1; } }",
    ):
        status, output, _ = explore(text, "--max-states", "20000")
        assert status == 3 and json.loads(output)["complete"] is False


def test_a_wrong_command_line_is_said_to_be_wrong():
    for options in (
        ["lost-update", "--threads", "0"], ["lost-update", "--threads", "65"], ["lost-update", "--increments", "0"],
        ["lost-update", "--max-states", "0"], ["lost-update", "--max-states", "x"], ["no-such-scenario"], [],
        ["lost-update", "queue-owner"], ["lost-update", "--no-such-option"],
    ):
        done = subprocess.run([CLI, "race", "explore", *options], capture_output=True, text=True, timeout=600)
        assert done.returncode == 2 and done.stderr and not done.stdout, options
    status, _, problem = explore("thread A {\n  r = nothing;\n}\n")
    assert status == 2 and ".race:2:7: " in problem
    status, _, problem = explore("thread A { }", "--threads", "2")
    assert status == 2


def test_a_store_buffer_moves_by_itself():
    # A goes round and moves; its buffer, which could end this, does not: no livelock. Where it cannot, it is one.
    spin = "memory tso; shared x = 0; shared y = 0; thread A { x = 1; r = 0; while (r == 0) { r = y; } } "
    for rest, livelock in (
        ("thread B { s = 0; while (s == 0) { s = x; } y = 1; }", False),
        ("thread B { s = 0; while (s == 0) { s = x; } }", True),
    ):
        answer = json.loads(explore(spin + rest)[1])
        assert answer["cycle"] is True and answer["livelock"] is livelock


def test_known_numbers():
    for increments, counts in ((1, {1: "18", 2: "2"}), (2, {2: "702", 3: "216", 4: "6"})):
        done = subprocess.run(
            [CLI, "race", "explore", "lost-update", "--increments", str(increments), "--json"],
            capture_output=True, text=True, timeout=600, check=True,
        )
        answer = json.loads(done.stdout)
        assert answer["id"] == "lost-update/racy"
        assert {o["values"]["count"]: o["schedules"] for o in answer["outcomes"]} == counts


cases.run()
