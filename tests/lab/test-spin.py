"""Every built-in variant beside SPIN: the same endings, the same deadlocks. And beside the second meaning of the language."""
# SPDX-License-Identifier: GPL-3.0-or-later
import json
import os
import subprocess
import tempfile

import cases
import race_graph
import race_model
import race_parse
import race_spin

CLI = os.environ["BOBBIN_CLI"]
SCENARIOS = os.environ["BOBBIN_SCENARIOS"]

# Both look at every state, but SPIN's have a hundred bytes and more: ten increments are two here.
FEWER = [("repeat 20 {", "repeat 4 {"), ("repeat 10 {", "repeat 2 {"), ("== 20;", "== 4;")]


def run(*arguments):
    done = subprocess.run([CLI, "race", *arguments, "--json"], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def variants():
    """(id, kind, text) of each."""
    for variant in run("list"):
        with open(os.path.join(SCENARIOS, variant["id"] + ".race"), encoding="utf-8") as file:
            text = file.read()
        if variant["id"].split("/")[0] in ("lost-update", "queue-owner", "minimum-two"):
            for old, new in FEWER:
                text = text.replace(old, new)
        yield variant["id"], variant["kind"], text


def explore(text):
    with tempfile.NamedTemporaryFile("w", suffix=".race") as file:
        file.write(text)
        file.flush()
        return run("explore", file.name)


def endings(program, answer):
    return {
        (
            o["kind"],
            tuple(o["values"][race_model.shown_text(s)] for s in program.shown) if o["kind"] == "end" else (),
            o["bad"],
        )
        for o in answer["outcomes"]
    }


def test_spin_finds_the_same_endings():
    compared, faults = 0, []
    for name, _, text in variants():
        program = race_parse.parse(text)
        try:
            expected = race_spin.endings(program)
        except race_spin.Untranslatable:
            continue
        found = endings(program, explore(text))
        compared += 1
        if found != expected:
            faults.append(f"{name}: only here {found - expected}, only in SPIN {expected - found}")
    assert not faults, "\n".join(faults)
    assert compared > 0


def test_the_second_meaning_finds_the_same():
    faults = []
    for name, _, text in variants():
        program, answer = race_parse.parse(text), explore(text)
        graph = race_graph.Graph(program, 20000)
        expected = set(graph.endings.values())
        if any(then == race_model.FAILED for edges in graph.edges for _, then in edges):
            expected.add(("failed", (), True))
        witness = answer["witness"]
        cost = witness and (witness["preemptions"], witness["switches"], len(witness["steps"]))
        if (
            endings(program, answer) != expected
            or answer["cycle"] != graph.has_cycle()
            or answer["livelock"] != bool(answer["cycle"] and graph.livelocked())
            or abs(answer["probability_bad"] + graph.probability_good() - 1) > 1e-9
            or cost != graph.least_cost()
        ):
            faults.append(name)
    assert not faults, faults


def test_the_verdict_agrees_with_the_kind():
    for name, kind, text in variants():
        answer = explore(text)
        bad = answer["livelock"] or any(o["bad"] for o in answer["outcomes"])
        assert bad == (kind != "fix"), name


cases.run()
