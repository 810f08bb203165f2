"""The Race Lab in the real window, as a student tries it."""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import re
import tempfile

import cases
from lab_desk import LabDesk
from person import key, unnamed, wait


def numbers_of(lab):
    """Expected, got and lost, as the big figures say."""
    return [int(lab.read(rf"^(\d+) {word}$")[1]) for word in ("Expected", "Got", "Lost")]


def test_the_first_time_it_opens_on_the_lost_update_ready_to_run():
    with LabDesk() as lab:
        lab.find("label", "^Lost update$")
        lab.find("label", r"^count = count \+ 1 is three steps\. ")
        assert lab.find("push button", "^Run 200 Times$").enabled
        assert lab.find("push button", "^Run$").active
        assert "count = r;" in lab.find("text", "^Program$").text


def test_a_run_shows_what_was_lost_in_figures_words_and_pictures():
    with LabDesk() as lab:
        lab.run()
        expected, got, lost = numbers_of(lab)
        assert expected == 20 and got + lost == 20, (expected, got, lost)
        steps = lab.picture("Steps of this run")
        assert re.match(r"1: [AB] reads 0\. 2: ", steps), steps[:80]
        assert steps.count(", lost") == lost, (lost, steps)
        assert len(re.findall(r"\d+: ", steps)) == 60, steps
        if lost:
            lab.find("label", rf"^{lost} updates? w(as|ere) lost: ")
        ends = lab.picture("Where the runs ended")
        assert sum(map(int, re.findall(r"(\d+) runs? ended at", ends))) == 200, ends
        assert ends.endswith("Expected: 20."), ends
        lab.find("label", r"^nudged 1 in \d+$")
        lab.find("label", r"^unassisted, \d+ of \d+ runs go wrong$")


def test_threads_increments_nudge_and_variant_change_what_runs():
    with LabDesk() as lab:
        lab.spin("Threads", 3)
        lab.spin("Increments", 4)
        lab.choose("Nudge", "^1 in 4$")
        lab.run()
        assert numbers_of(lab)[0] == 12
        lab.find("label", "^nudged 1 in 4$")
        lab.choose("Nudge", "^Off$")
        lab.run()
        lab.find("label", "^unassisted$")
        lab.choose("Variant", "^Mutex$")
        lab.run()
        assert numbers_of(lab) == [12, 12, 0]
        lab.find("label", "^No update was lost")


def test_stepping_by_hand_tells_the_odds_of_each_choice_and_takes_back():
    with LabDesk() as lab:
        lab.mode("Step")
        lab.spin("Increments", 1)
        lab.read("^18 of 20 ways to go on lose$")
        first = lab.find("push button", "^Thread A: r = count$")
        wait(lambda: first.description == "9 of 10 ways on lose", what="odds of A")
        first.do()
        lab.read("^9 of 10 ways to go on lose$")
        second = lab.find("push button", "^Thread B: r = count$")
        wait(lambda: second.description == "6 of 6 ways on lose", what="odds of B")
        second.do()
        lab.read("^6 of 6 ways to go on lose$")
        lab.read("^step 2 of 2$")
        lab.press("^Undo$")
        lab.read("^step 1 of 2$")
        lab.press("^Redo$")
        lab.read("^step 2 of 2$")
        for digit in "2211":
            key(digit)
        lab.read("^step 6 of 6$")
        lab.find("label", "^Ended badly: count = 1")
        said = lab.picture("Steps so far", "6: ")
        assert "1: A: r = count, read 0. 2: B: r = count, read 0." in said, said
        lab.find("slider", "^Step$").click(at=(0.02, 0.3))
        key("Home")
        lab.read("^step 0 of 6$")
        key("Right")
        lab.read("^step 1 of 6$")
        lab.press("^Start Again$")
        lab.read("^step 0 of 0$")


def test_exploring_counts_all_schedules_and_walks_and_replays_the_worst():
    with LabDesk() as lab:
        lab.mode("Explore")
        key("e")
        lab.read(r"^18 of 20 schedules lose; 2 end with count = 2\.$")
        lab.read("^complete: nothing was left out$")
        lab.read("^21 states · 28 transitions")
        lab.read("^90 %$")
        lab.read("^75 %$")
        lab.read("^1 preemption, 2 switches$")
        assert "18 of 20" in lab.picture("All states", r"\d")
        lab.press("^Walk$")
        lab.read("^step 6 of 6$")
        lab.find("label", "^Ended badly: count = 1")
        lab.mode("Explore")
        lab.press("^Replay$")
        lab.read("^forced schedule$", 60)
        lab.picture("Steps of this run", "6: ")
        lab.find("label", "^Ended badly: count = 1")
        lab.read("^Where 200 runs ended$")


def test_a_long_exploration_shows_how_far_it_is_and_can_be_stopped():
    with LabDesk() as lab:
        lab.mode("Explore")
        lab.spin("Threads", 8)
        lab.spin("Increments", 60)
        key("Tab")
        lab.find("push button", "^Explore$", nth=1).do()
        lab.find("progress bar", "^Exploring$")
        lab.press("^Stop$")
        lab.read("^incomplete: it was stopped$")
        assert not lab.says("Proved")


def test_what_is_typed_is_tried_at_once_and_an_error_is_said_with_its_place():
    with LabDesk() as lab:
        lab.press("^Edit the program$")
        text = lab.find("text", "^Program$")
        right = text.text
        text.set_text(right.replace("count = r;", "count = count + r;"))
        line = right[: right.index("count = r;")].count("\n") + 1
        lab.find("label", rf"^Line {line}, column \d+: ")
        wait(lambda: not lab.find("push button", "^Run 200 Times$").enabled, what="no run of an error")
        text.set_text(right.replace("finally count == 20;", "finally count == 7;"))
        wait(lambda: lab.find("push button", "^Run 200 Times$").enabled, what="a run again")
        lab.run()
        lab.find("label", "^Ended badly: count = ")
        lab.mode("Step")
        lab.press("^Thread A: r = count$")
        lab.read("^step 1 of 1$")


def test_real_threads_take_the_steps_and_are_released_even_where_they_are_stuck():
    with LabDesk() as lab:
        lab.pick("Deadlock")
        lab.mode("Step")
        lab.press("^Thread A: lock a$")
        lab.press("^On Real Threads$")
        lab.read("^real threads have taken 1 step, and all stands as the model says$")
        assert len(lab.threads("lab-gate")) == 2, lab.threads("")
        lab.press("^Thread B: lock b$")
        lab.read("^real threads have taken 2 steps, and all stands as the model says$")
        lab.find("label", "^Stuck: A holds a and waits for b; B holds b and waits for a")
        lab.press("^Undo$")
        lab.read("^real threads have taken 1 step, and all stands as the model says$")
        lab.press("^Release the Threads$")
        wait(lambda: not lab.threads("lab-gate"), what="end of the threads")


def test_a_deadlock_run_for_real_shows_who_holds_what_and_who_waits():
    with LabDesk() as lab:
        lab.pick("Deadlock")
        lab.run()
        lab.read("^Run [0-9]+ of 200$")
        # Some of the runs that are kept got stuck, where any did.
        stuck = int(next(iter(lab.labels("^[0-9]+$")), "0"))
        while stuck and not lab.says("^Stuck: ") and lab.find("push button", "^Next run$").enabled:
            lab.press("^Next run$")
        lab.picture("Steps of this run", "lock [ab], took the lock")
        lab.mode("Explore")
        key("e")
        lab.read("^2 of 6 schedules lose; 4 end with all ended[.]$")
        lab.press("^Replay$")
        lab.read("^forced schedule$", 60)
        lab.find("label", "^Stuck: ")
        lab.picture("Who waits for whom", "A holds a and waits for b")


def test_comparing_sets_the_costs_beside_the_verdicts():
    with LabDesk() as lab:
        lab.mode("Compare")
        lab.read("^2 of 5 variants can end badly[.]$")
        costs = lab.picture("Cost of one increment", "ns", 120)
        assert "Nothing guards it: " in costs and "✕ 18 of 20 lose" in costs, costs
        assert costs.count("✓ proved") == 7, costs
        lab.pick("Check, then act")
        lab.read("^2 of 4 variants can end badly[.]$")
        costs = lab.picture("Cost of one run", "s", 120)
        assert costs.count("✕") == 2 and costs.count("✓ proved") == 2, costs


def test_all_can_be_done_by_the_keyboard_alone():
    with LabDesk() as lab:
        key("r")
        lab.read("^Run 1 of 200$", 60)
        key("e")
        lab.read(r"^18 of 20 schedules lose; 2 end with count = 2\.$")
        key("p")
        lab.read("^forced schedule$", 60)
        lab.mode("Step")
        for digit in "1212":
            key(digit)
        lab.read("^step 4 of 4$")
        key("BackSpace", "BackSpace")
        lab.read("^step 2 of 4$")
        key("shift+BackSpace")
        lab.read("^step 3 of 4$")


def test_a_program_of_ones_own_is_opened_tried_and_saved():
    with LabDesk() as lab, tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "mine.race")
        with open(path, "w", encoding="utf-8") as file:
            file.write('title "Mine: alone";\nshared n = 0;\nthread A, B { n = 1; }\nfinally n == 1;\n')
        lab.do_on_page("open")
        lab.answer("Open a Race Program", path)
        lab.find("list item", "^Mine")
        lab.mode("Explore")
        key("e")
        lab.read("^Proved: all 2 schedules end with n = 1[.]$")
        copy = os.path.join(folder, "copy.race")
        lab.do_on_page("save")
        lab.answer("Save the Race Program", copy)
        wait(lambda: os.path.exists(copy) and os.path.getsize(copy), what="the saved program")
        with open(path, encoding="utf-8") as one, open(copy, encoding="utf-8") as other:
            assert one.read() == other.read()


def test_scenarios_of_each_kind_run_with_their_steps_in_words_and_nothing_is_unnamed():
    with LabDesk() as lab:
        names = [row.name for row in lab.find("list", "^Scenarios$").each("list item")]
        assert len(names) == 18, names
        for name in names[:-2:3]:
            lab.pick(re.escape(name))
            lab.run()
            said = lab.picture("Steps of this run")
            assert re.match("1: ", said), (name, said[:60])
            assert not unnamed(lab.window), (name, unnamed(lab.window))
        for mode in ("Step", "Explore", "Compare"):
            lab.mode(mode)
            key("e") if mode == "Explore" else None
            assert not unnamed(lab.window), (mode, unnamed(lab.window))


if __name__ == "__main__":
    cases.run()
