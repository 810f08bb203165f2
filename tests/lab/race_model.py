"""race_model: what a race program means, said a second time and in another way.

Programs are trees of tuples; the text that the lab reads is written from them, and every schedule is walked
here one by one. Nothing of this comes from the lab's own code: where both agree, both are right or wrong alike
by accident only.
"""
# SPDX-License-Identifier: GPL-3.0-or-later
MOST = 2**63 - 1
LEAST = -(2**63)
FAILED = "failed"


class Fault(Exception):
    pass


def fit(value):
    if not LEAST <= value <= MOST:
        raise Fault
    return value


def divide(a, b):
    if b == 0:
        raise Fault
    quotient = abs(a) // abs(b)
    return fit(quotient if (a < 0) == (b < 0) else -quotient)


def remainder(a, b):
    return a - divide(a, b) * b


OPERATORS = {
    "+": lambda a, b: fit(a + b),
    "-": lambda a, b: fit(a - b),
    "*": lambda a, b: fit(a * b),
    "/": divide,
    "%": remainder,
    "==": lambda a, b: int(a == b),
    "!=": lambda a, b: int(a != b),
    "<": lambda a, b: int(a < b),
    "<=": lambda a, b: int(a <= b),
    ">": lambda a, b: int(a > b),
    ">=": lambda a, b: int(a >= b),
}


def evaluate(e, read):
    """`read` gives the value of a leaf: a name, a length, self, or another thread's variable."""
    kind = e[0]
    if kind == "n":
        return e[1]
    if kind in ("v", "len", "self", "f"):
        return read(e)
    if kind == "neg":
        return fit(-evaluate(e[1], read))
    if kind == "not":
        return int(evaluate(e[1], read) == 0)
    if kind == "and":
        return int(evaluate(e[1], read) != 0 and evaluate(e[2], read) != 0)
    if kind == "or":
        return int(evaluate(e[1], read) != 0 or evaluate(e[2], read) != 0)
    if kind == "?":
        return evaluate(e[2] if evaluate(e[1], read) != 0 else e[3], read)
    return OPERATORS[e[1]](evaluate(e[2], read), evaluate(e[3], read))


def expression_text(e):
    kind = e[0]
    if kind == "n":
        return str(e[1])
    if kind == "v":
        return e[1]
    if kind == "len":
        return f"length({e[1]})"
    if kind == "self":
        return "self"
    if kind == "f":
        return f"{e[1]}.{e[2]}"
    if kind == "neg":
        return f"-({expression_text(e[1])})"
    if kind == "not":
        return f"!({expression_text(e[1])})"
    if kind in ("and", "or"):
        return f"({expression_text(e[1])} {'&&' if kind == 'and' else '||'} {expression_text(e[2])})"
    if kind == "?":
        return "(" + expression_text(e[1]) + " ? " + expression_text(e[2]) + " : " + expression_text(e[3]) + ")"
    return f"({expression_text(e[2])} {e[1]} {expression_text(e[3])})"


def block_text(block):
    return "{ " + " ".join(statement_text(s) for s in block) + " }"


def statement_text(s):
    kind, x = s[0], expression_text
    if kind == "set":
        return f"{s[1]} = {x(s[2])};"
    if kind == "atomic":
        return "atomic " + block_text(s[1])
    if kind == "await":
        return f"await {x(s[1])}" + (";" if s[2] is None else " " + block_text(s[2]))
    if kind in ("lock", "unlock", "signal", "broadcast"):
        return f"{kind} {s[1]};"
    if kind == "trylock":
        return f"{s[1]} = trylock({s[2]});"
    if kind == "wait":
        return f"wait {s[1]}, {s[2]};"
    if kind == "put":
        return f"put {s[1]}, {x(s[2])};"
    if kind == "get":
        return f"{s[1]} = get({s[2]});"
    if kind == "add":
        return (f"{s[1]} = " if s[1] else "") + f"fetch_add({s[2]}, {x(s[3])});"
    if kind == "cas":
        return f"{s[1]} = cas({s[2]}, {x(s[3])}, {x(s[4])});"
    if kind == "assert":
        return f"assert {x(s[1])};"
    if kind in ("fence", "skip", "stop"):
        return kind + ";"
    if kind == "while":
        return f"while ({x(s[1])}) " + block_text(s[2])
    if kind == "repeat":
        return f"repeat {s[1]} " + block_text(s[2])
    arms = " else ".join(f"if ({x(c)}) " + block_text(b) for c, b in s[1])
    return arms + (" else " + block_text(s[2]) if s[2] is not None else "")


class Program:
    """shared: {name: value}; locks: [name]; conditions: {name: spurious}; queues: {name: (capacity or None, [value])};
    groups: [([name], block)]; always and finally_: [expression]; show: [name or (thread, name)] or None."""

    def __init__(self, **parts):
        self.shared = self.queues = self.conditions = {}
        self.locks = self.groups = self.always = self.finally_ = []
        self.tso = False
        self.show = None
        self.__dict__.update(parts)
        self.threads = [(name, block) for names, block in self.groups for name in names]
        self.names = [name for name, _ in self.threads]
        self.shown = self.show if self.show is not None else list(self.shared)

    def text(self):
        lines = ["memory tso;"] if self.tso else []
        lines += [f"shared {n} = {v};" for n, v in self.shared.items()]
        lines += [f"lock {n};" for n in self.locks]
        lines += [f"condition {n}{' spurious' if s else ''};" for n, s in self.conditions.items()]
        for name, (capacity, first) in self.queues.items():
            lines.append(
                f"queue {name}"
                + (f" capacity {capacity}" if capacity else "")
                + (" = " + ", ".join(map(str, first)) if first else "")
                + ";"
            )
        lines += [f"thread {', '.join(names)} {block_text(block)}" for names, block in self.groups]
        lines += [f"always {expression_text(e)};" for e in self.always]
        lines += [f"finally {expression_text(e)};" for e in self.finally_]
        if self.show is not None:
            lines.append("show " + ", ".join(map(shown_text, self.show)) + ";")
        return "\n".join(lines) + "\n"


def shown_text(shown):
    return shown if isinstance(shown, str) else ".".join(shown)


class Thread:
    """One thread at one point: what it has still to do, its own variables, whether it sleeps, its buffer."""

    def __init__(self, todo, own, sleeps, buffer):
        self.todo, self.own, self.sleeps, self.buffer = todo, own, sleeps, buffer

    def key(self):
        # Statements are the program's own objects, so their identities tell places apart.
        place = []
        rest = self.todo
        while rest is not None:
            place.append(rest[0][1:3] if rest[0][0] == "again" else id(rest[0]))
            rest = rest[1]
        return (tuple(map(str, place)), tuple(sorted(self.own.items())), self.sleeps, tuple(self.buffer))


class World:
    def __init__(self, program):
        self.program = program
        self.shared = dict(program.shared)
        self.owners = {lock: None for lock in program.locks}
        self.queues = {n: list(first) for n, (_, first) in program.queues.items()}
        self.threads = [Thread(chain(block, None), {}, None, []) for _, block in program.threads]

    def copy(self):
        world = World.__new__(World)
        world.program = self.program
        world.shared = dict(self.shared)
        world.owners = dict(self.owners)
        world.queues = {n: list(q) for n, q in self.queues.items()}
        world.threads = [Thread(t.todo, dict(t.own), t.sleeps, list(t.buffer)) for t in self.threads]
        return world

    def key(self):
        return (
            tuple(t.key() for t in self.threads),
            tuple(self.shared.items()),
            tuple(self.owners.items()),
            tuple((n, tuple(q)) for n, q in self.queues.items()),
        )

    # Reading.

    def reader(self, number):
        thread = self.threads[number]

        def read(leaf):
            if leaf[0] == "self":
                return number + 1
            if leaf[0] == "len":
                return len(self.queues[leaf[1]])
            name = leaf[1]
            if name not in self.program.shared:
                return thread.own.get(name, 0)
            for stored, value in reversed(thread.buffer):
                if stored == name:
                    return value
            return self.shared[name]

        return read

    def claim_reader(self):
        def read(leaf):
            if leaf[0] == "f":
                return self.threads[self.program.names.index(leaf[1])].own.get(leaf[2], 0)
            return len(self.queues[leaf[1]]) if leaf[0] == "len" else self.shared[leaf[1]]

        return read

    def holds(self, claims):
        try:
            return all(evaluate(e, self.claim_reader()) != 0 for e in claims)
        except Fault:
            return False

    def values(self):
        return tuple(
            self.shared[s] if isinstance(s, str) else self.threads[self.program.names.index(s[0])].own.get(s[1], 0)
            for s in self.program.shown
        )

    # Steps.

    def moves(self):
        return [move for number in range(len(self.threads)) for move in self.moves_of(number)]

    def moves_of(self, number):
        thread = self.threads[number]
        found = []
        if thread.todo is not None:
            statement = thread.todo[0]
            waits_for_buffer = statement[0] in (
                "atomic", "lock", "unlock", "trylock", "wait", "signal", "broadcast",
                "put", "get", "add", "cas", "fence",
            ) or (statement[0] == "await" and statement[2] is not None)
            if not (waits_for_buffer and thread.buffer):
                found = [(number, choice) for choice in self.choices(number, statement)]
        return found + ([(number, "drain")] if thread.buffer else [])

    def choices(self, number, statement):
        kind = statement[0]
        if kind == "wait" and self.threads[number].sleeps is not None:
            if self.owners[statement[2]] is not None:
                return []
            if self.threads[number].sleeps == "woken":
                return [""]
            return ["spurious"] if self.program.conditions[statement[1]] else []
        if kind == "signal":
            asleep = [self.program.names[i] for i, t in enumerate(self.threads) if t.sleeps == statement[1]]
            return asleep or [""]
        if kind == "lock":
            return [""] if self.owners[statement[1]] is None else []
        if kind == "get":
            return [""] if self.queues[statement[2]] else []
        if kind == "put":
            capacity = self.program.queues[statement[1]][0]
            return [""] if capacity is None or len(self.queues[statement[1]]) < capacity else []
        if kind == "await":
            try:
                return [""] if evaluate(statement[1], self.reader(number)) != 0 else []
            except Fault:
                return [""]
        return [""]

    def take(self, move):
        """The world after a step, or FAILED."""
        world = self.copy()
        number, choice = move
        thread = world.threads[number]
        try:
            if choice == "drain":
                name, value = thread.buffer.pop(0)
                world.shared[name] = value
            else:
                statement, rest = thread.todo
                if world.do(number, statement, choice):
                    thread.todo = rest
                    world.decide(number)
        except Fault:
            return FAILED
        return world if world.holds(self.program.always) else FAILED

    def assign(self, number, name, value, at_once):
        if name is None:
            return
        if name not in self.program.shared:
            self.threads[number].own[name] = value
        elif self.program.tso and not at_once:
            self.threads[number].buffer.append((name, value))
        else:
            self.shared[name] = value

    def do(self, number, s, choice):
        """Does a statement; False where it is not over: the first half of a wait."""
        kind, read = s[0], self.reader(number)
        if kind == "set":
            self.assign(number, s[1], evaluate(s[2], read), False)
        elif kind == "atomic":
            self.do_block(number, s[1])
        elif kind == "await":
            evaluate(s[1], read)
            if s[2] is not None:
                self.do_block(number, s[2])
        elif kind == "lock":
            self.owners[s[1]] = number
        elif kind == "unlock":
            self.release(number, s[1])
        elif kind == "trylock":
            free = self.owners[s[2]] is None
            if free:
                self.owners[s[2]] = number
            self.assign(number, s[1], int(free), False)
        elif kind == "wait":
            return self.do_wait(number, s)
        elif kind == "signal" and choice:
            self.threads[self.program.names.index(choice)].sleeps = "woken"
        elif kind == "broadcast":
            for thread in self.threads:
                if thread.sleeps == s[1]:
                    thread.sleeps = "woken"
        elif kind == "put":
            self.queues[s[1]].append(evaluate(s[2], read))
        elif kind == "get":
            self.assign(number, s[1], self.queues[s[2]].pop(0), False)
        elif kind == "add":
            old = self.shared[s[2]]
            self.shared[s[2]] = fit(old + evaluate(s[3], read))
            self.assign(number, s[1], old, False)
        elif kind == "cas":
            expected, new = evaluate(s[3], read), evaluate(s[4], read)
            same = self.shared[s[2]] == expected
            if same:
                self.shared[s[2]] = new
            self.assign(number, s[1], int(same), False)
        elif kind == "assert" and evaluate(s[1], read) == 0:
            raise Fault
        return True

    def release(self, number, lock):
        if self.owners[lock] != number:
            raise Fault
        self.owners[lock] = None

    def do_wait(self, number, s):
        thread = self.threads[number]
        if thread.sleeps is None:
            self.release(number, s[2])
            thread.sleeps = s[1]
            return False
        thread.sleeps = None
        self.owners[s[2]] = number
        return True

    def do_block(self, number, block):
        for s in block:
            read = self.reader(number)
            if s[0] == "set":
                self.assign(number, s[1], evaluate(s[2], read), True)
            elif s[0] == "if":
                for condition, arm in s[1]:
                    if evaluate(condition, read) != 0:
                        self.do_block(number, arm)
                        break
                else:
                    self.do_block(number, s[2] or [])
            elif s[0] == "assert":
                if evaluate(s[1], read) == 0:
                    raise Fault
            elif s[0] == "get":
                if not self.queues[s[2]]:
                    raise Fault
                self.assign(number, s[1], self.queues[s[2]].pop(0), True)
            else:
                value = evaluate(s[2], read)
                capacity = self.program.queues[s[1]][0]
                if capacity is not None and len(self.queues[s[1]]) >= capacity:
                    raise Fault
                self.queues[s[1]].append(value)

    def decide(self, number):
        """Goes over control flow to the next statement that is a step."""
        thread = self.threads[number]
        read = self.reader(number)
        while thread.todo is not None:
            s, rest = thread.todo
            if s[0] == "if":
                for condition, arm in s[1]:
                    if evaluate(condition, read) != 0:
                        thread.todo = chain(arm, rest)
                        break
                else:
                    thread.todo = chain(s[2] or [], rest)
            elif s[0] == "while":
                thread.todo = chain(s[2], thread.todo) if evaluate(s[1], read) != 0 else rest
            elif s[0] == "repeat":
                thread.todo = (("again", s[1], id(s[2]), s[2]), rest)
            elif s[0] == "again":
                thread.todo = chain(s[3], (("again", s[1] - 1, s[2], s[3]), rest)) if s[1] > 0 else rest
            elif s[0] == "stop":
                thread.todo = None
            else:
                return

    def ending(self):
        """How a schedule that ends here ends: kind, values, bad."""
        if any(t.todo is not None or t.buffer for t in self.threads):
            return ("deadlock", (), True)
        return ("end", self.values(), not self.holds(self.program.finally_))


def chain(block, rest):
    for s in reversed(block):
        rest = (s, rest)
    return rest
