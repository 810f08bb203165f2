"""race_spin: a race program in Promela, and what SPIN finds its endings to be.

Each step is one `atomic` of Promela; what fails stops all. A monitor waits for the end, or for `timeout`: nothing is enabled.
Programs that divide do not translate, nor store buffers of more than four entries.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
import os
import subprocess
import tempfile

import race_random

BUFFER = 4
QUEUE = 40


class Untranslatable(Exception):
    pass


class Translator:
    def __init__(self, program):
        self.program = program
        self.shared = {name: n for n, name in enumerate(program.shared)}
        self.labels = 0

    def expression(self, e, thread):
        x = lambda part: self.expression(part, thread)
        kind = e[0]
        if kind == "n":
            return f"({e[1]})"
        if kind == "self":
            return str(thread + 1)
        if kind == "len":
            return f"len(q_{e[1]})"
        if kind == "f":
            return f"own_{self.program.names.index(e[1])}_{e[2]}"
        if kind == "v":
            return self.variable(e[1], thread)
        if kind == "neg":
            return f"(-{x(e[1])})"
        if kind == "not":
            return f"(!({x(e[1])}))"
        if kind == "?":
            return f"(({x(e[1])}) -> ({x(e[2])}) : ({x(e[3])}))"
        if kind in ("and", "or"):
            return f"(({x(e[1])}) {'&&' if kind == 'and' else '||'} ({x(e[2])}))"
        if e[1] in "/%":
            raise Untranslatable
        return f"(({x(e[2])}) {e[1]} ({x(e[3])}))"

    def variable(self, name, thread):
        if name not in self.shared:
            return f"own_{thread}_{name}"
        text = f"s_{name}"
        if self.program.tso and thread is not None:
            # The newest entry first.
            for i in range(BUFFER):
                text = f"((bn_{thread} > {i} && bv_{thread}[{i}] == {self.shared[name]}) -> bx_{thread}[{i}] : {text})"
        return text

    def assign(self, name, value, thread, at_once):
        if self.program.tso and name in self.shared and not at_once:
            return (f"assert(bn_{thread} < {BUFFER}); bx_{thread}[bn_{thread}] = {value}; "
                    f"bv_{thread}[bn_{thread}] = {self.shared[name]}; bn_{thread}++")
        return f"{'s_' + name if name in self.shared else f'own_{thread}_{name}'} = {value}"

    def step(self, guard, does, thread=None, drained=False):
        claims = "".join(f"if :: {self.expression(e, None)} -> skip :: else -> failed = 1 fi; " for e in self.program.always)
        if drained and self.program.tso:
            guard = f"bn_{thread} == 0 && {guard}"
        return f"atomic {{ !failed && {guard} -> {does}; {claims} tell_failure() }};"

    def unless_failed(self, text):
        return f"if :: failed -> skip :: else -> {text} fi"

    def inner(self, block, t):
        parts = ["skip"]
        for s in block:
            x = lambda e: self.expression(e, t)
            if s[0] == "set":
                does = self.assign(s[1], x(s[2]), t, True)
            elif s[0] == "assert":
                does = f"if :: {x(s[1])} -> skip :: else -> failed = 1 fi"
            elif s[0] == "get":
                does = f"if :: len(q_{s[2]}) > 0 -> q_{s[2]}?tmp_{t}; {self.assign(s[1], f'tmp_{t}', t, True)} :: else -> failed = 1 fi"
            elif s[0] == "put":
                does = f"if :: len(q_{s[1]}) < {self.room(s[1])} -> q_{s[1]}!{x(s[2])} :: else -> failed = 1 fi"
            else:
                does = self.inner(s[2] or [], t)
                for condition, arm in reversed(s[1]):
                    does = f"if :: {x(condition)} -> {self.inner(arm, t)} :: else -> {does} fi"
            parts.append(self.unless_failed(does))
        return "; ".join(parts)

    def room(self, queue):
        return self.program.queues[queue][0] or QUEUE

    def block(self, block, t, depth=0):
        return "\n".join(self.statement(s, t, depth) for s in block) or "skip;"

    def statement(self, s, t, depth):
        kind, x = s[0], lambda e: self.expression(e, t)
        if kind == "if":
            text = self.block(s[2] or [], t, depth)
            for condition, arm in reversed(s[1]):
                text = f"if :: {x(condition)} -> {self.block(arm, t, depth)} :: else -> {text} fi;"
            return text
        if kind == "while":
            return f"do :: {x(s[1])} -> {self.block(s[2], t, depth)} :: else -> break od;"
        if kind == "repeat":
            counter = f"n_{depth}"
            return (f"{counter} = {s[1]}; do :: {counter} > 0 -> {counter}--; {self.block(s[2], t, depth + 1)} "
                    ":: else -> break od;")
        if kind == "stop":
            return f"goto end_{t};"
        return self.plain(s, t, x)

    def plain(self, s, t, x):
        kind, me = s[0], t + 1
        lock = f"l_{s[-1]}"
        if kind == "set":
            return self.step("1", self.assign(s[1], x(s[2]), t, False), t)
        if kind == "skip":
            return self.step("1", "skip", t)
        if kind == "assert":
            return self.step("1", f"if :: {x(s[1])} -> skip :: else -> failed = 1 fi", t)
        if kind == "await" and s[2] is None:
            return self.step(x(s[1]), "skip", t)
        if kind == "wait":
            sleeps = f"z_{t} = {list(self.program.conditions).index(s[1]) + 1}"
            woken = "1" if self.program.conditions[s[1]] else f"z_{t} == 0"
            return (self.step("1", f"if :: {lock} == {me} -> {lock} = 0; {sleeps} :: else -> failed = 1 fi", t, True)
                    + self.step(f"{lock} == 0 && {woken}", f"z_{t} = 0; {lock} = {me}", t, True))
        if kind in ("signal", "broadcast"):
            number = list(self.program.conditions).index(s[1]) + 1
            who = range(len(self.program.threads))
            arms = " ".join(f":: z_{i} == {number} -> z_{i} = 0" for i in who)
            all_of = "; ".join(f"if :: z_{i} == {number} -> z_{i} = 0 :: else -> skip fi" for i in who)
            return self.step("1", f"if {arms} :: else -> skip fi" if kind == "signal" else all_of, t, True)
        set_ = lambda value: self.assign(s[1], value, t, True) if s[1] else "skip"
        does = {
            "fence": lambda: ("1", "skip"),
            "atomic": lambda: ("1", self.inner(s[1], t)),
            "await": lambda: (x(s[1]), self.inner(s[2], t)),
            "lock": lambda: (f"{lock} == 0", f"{lock} = {me}"),
            "unlock": lambda: ("1", f"if :: {lock} == {me} -> {lock} = 0 :: else -> failed = 1 fi"),
            "trylock": lambda: ("1", f"if :: {lock} == 0 -> {lock} = {me}; {set_('1')} :: else -> {set_('0')} fi"),
            "put": lambda: (f"len(q_{s[1]}) < {self.room(s[1])}", f"q_{s[1]}!{x(s[2])}"),
            "get": lambda: (f"len(q_{s[2]}) > 0", f"q_{s[2]}?tmp_{t}; {set_(f'tmp_{t}')}"),
            "add": lambda: ("1", f"tmp_{t} = s_{s[2]}; s_{s[2]} = tmp_{t} + {x(s[3])}; {set_(f'tmp_{t}')}"),
            "cas": lambda: ("1", f"if :: s_{s[2]} == {x(s[3])} -> s_{s[2]} = {x(s[4])}; {set_('1')} :: else -> {set_('0')} fi"),
        }[kind]()
        return self.step(*does, t, True)

    def own(self, thread):
        names = set()
        race_random.note(self.program.threads[thread][1], set(), names)
        return sorted(names - set(self.shared))

    def promela(self):
        p = self.program
        n = len(p.threads)
        lines = ["byte failed, told, done;"]
        lines += [f"int s_{name} = {value};" for name, value in p.shared.items()]
        lines += [f"byte l_{name};" for name in p.locks]
        for name, (capacity, _) in p.queues.items():
            lines.append(f"chan q_{name} = [{capacity or QUEUE}] of {{ int }};")
        for t in range(n):
            lines += [f"int own_{t}_{name};" for name in self.own(t)] + [f"int tmp_{t}; byte z_{t};"]
            if p.tso:
                lines.append(f"byte bn_{t}; int bx_{t}[{BUFFER}]; int bv_{t}[{BUFFER}];")
        lines.append('inline tell_failure() { if :: failed && !told -> told = 1; printf("ENDING failed\\n") :: else -> skip fi }')
        for t, (_, block) in enumerate(p.threads):
            counters = " ".join(f"int n_{d};" for d in range(6))
            lines.append(f"proctype thread_{t}() {{ {counters}\n{self.block(block, t)}\nend_{t}: atomic {{ !failed -> done++ }} }}")
            if p.tso:
                lines.append(self.drainer(t))
        shown = [f"s_{s}" if isinstance(s, str) else f"own_{p.names.index(s[0])}_{s[1]}" for s in p.shown]
        holds = " && ".join([f"({self.expression(e, None)})" for e in p.finally_] or ["1"])
        empty = "".join(f" && bn_{t} == 0" for t in range(n)) if p.tso else ""
        form = " ".join(["%d"] * (len(shown) + 1))
        good = f"({holds} -> 0 : 1)"
        lines.append("init { atomic { " + " ".join(f"q_{name}!{v};" for name, (_, first) in p.queues.items() for v in first)
                     + " ".join(f"run thread_{t}();" + (f" run drain_{t}();" if p.tso else "") for t in range(n)) + " }")
        lines.append(f'atomic {{ if :: done == {n}{empty} -> printf("ENDING end {form}\\n", {", ".join([good, *shown])}) '
                     f':: timeout -> if :: !failed && !(done == {n}{empty}) -> printf("ENDING deadlock\\n") :: else -> skip fi fi }} }}')
        return "\n".join(lines)

    def drainer(self, t):
        names = list(self.program.shared)
        write = " ".join(f":: bv_{t}[0] == {self.shared[name]} -> s_{name} = bx_{t}[0]" for name in names)
        shift = "; ".join(f"bx_{t}[{i}] = bx_{t}[{i + 1}]; bv_{t}[{i}] = bv_{t}[{i + 1}]" for i in range(BUFFER - 1))
        last = f"bx_{t}[{BUFFER - 1}] = 0; bv_{t}[{BUFFER - 1}] = 0"
        step = self.step(f"bn_{t} > 0", f"if {write} fi; {shift}; {last}; bn_{t}--")
        return f"proctype drain_{t}() {{ end: do :: {step} od }}"


def endings(program):
    """The set of (kind, values, bad) that SPIN finds."""
    text = Translator(program).promela()
    with tempfile.TemporaryDirectory() as folder:
        def run(*command):
            return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600)

        with open(os.path.join(folder, "race.pml"), "w") as file:
            file.write(text)
        # Without -o2 SPIN forgets values that are only printed, and so takes endings for one that are not.
        made = run("spin", "-a", "-o1", "-o2", "-o3", "race.pml")
        assert os.path.exists(os.path.join(folder, "pan.c")), made.stdout + made.stderr
        made = run("gcc", "-w", "-O1", "-DSAFETY", "-DNOREDUCE", "-DPRINTF", "-DVECTORSZ=4096", "-o", "pan", "pan.c")
        assert made.returncode == 0, made.stderr
        output = run("./pan", "-m1000000", "-E", "-c0").stdout
    assert "errors: 0" in output and "max search depth too small" not in output, output[-2000:]
    found = set()
    for line in output.splitlines():
        words = line.split()
        if words[:1] == ["ENDING"]:
            bad = words[1] != "end" or words[2] == "1"
            found.add((words[1], tuple(map(int, words[3:])), bad))
    return found
