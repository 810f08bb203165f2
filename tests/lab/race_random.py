"""race_random: small random race programs that break no rule of the language."""
# SPDX-License-Identifier: GPL-3.0-or-later
import race_model

OWN = ["r", "s"]
NUMBERS = [0, 0, 1, 1, 2, -1, 3]


class Maker:
    def __init__(self, random):
        self.random = random
        self.tso = random.random() < 0.3
        self.shared = {name: random.choice([0, 0, 1]) for name in ["x", "y"][: random.choice([1, 2, 2])]}
        self.locks = ["m", "k"][: random.choice([0, 1, 1, 2])]
        self.conditions = {"c": random.random() < 0.4} if self.locks and random.random() < 0.5 else {}
        self.queues = {"q": self.queue()} if random.random() < 0.4 else {}

    def queue(self):
        capacity = self.random.choice([None, 1, 2])
        return capacity, [self.random.choice(NUMBERS) for _ in range(self.random.randint(0, capacity or 2))]

    def chance(self, probability):
        return self.random.random() < probability

    def leaf(self, names):
        if names and self.chance(0.6):
            return ("v", self.random.choice(names))
        return ("self",) if self.chance(0.15) else ("n", self.random.choice(NUMBERS))

    def expression(self, names, depth=2):
        if depth == 0 or self.chance(0.35):
            return self.leaf(names)
        kind = self.random.choice(["op", "op", "op", "op", "neg", "not", "and", "or", "?"])
        parts = [self.expression(names, depth - 1) for _ in range(3)]
        if kind == "op":
            op = self.random.choice(["+", "-", "+", "-", "*", "==", "!=", "<", "<=", ">", ">=", "/", "%"])
            return ("op", op, parts[0], parts[1])
        return (kind, *parts[: {"neg": 1, "not": 1, "and": 2, "or": 2, "?": 3}[kind]])

    def reading(self, own=True):
        """One access in the text, to what is shared."""
        leaf = ("len", "q") if self.queues and self.chance(0.2) else ("v", self.random.choice(list(self.shared)))
        if self.chance(0.5):
            return leaf
        pair = [leaf, self.expression(OWN if own else [], 1)]
        self.random.shuffle(pair)
        return ("op", self.random.choice(["+", "-", "==", "!=", "<", ">"]), *pair)

    def condition(self):
        return self.expression(OWN, 1)

    def inner_block(self, depth=1):
        everything = OWN + list(self.shared)
        block = []
        for _ in range(self.random.randint(0 if depth else 1, 2)):
            kind = self.random.choice(["set", "set", "set", "if", "assert", "get", "put"])
            if kind == "if" and depth:
                block.append(("if", [(self.expression(everything, 1), self.inner_block(0))],
                              self.inner_block(0) if self.chance(0.5) else None))
            elif kind == "assert":
                block.append(("assert", self.expression(everything)))
            elif kind == "get" and self.queues:
                block.append(("get", self.random.choice(everything), "q"))
            elif kind == "put" and self.queues:
                block.append(("put", "q", self.expression(everything, 1)))
            else:
                block.append(("set", self.random.choice(everything), self.expression(everything)))
        return block

    def step(self):
        own, shared = self.random.choice(OWN), self.random.choice(list(self.shared))
        kinds = ["read", "read", "write", "write", "own", "atomic", "await", "add", "add1", "cas", "assert",
                 "fence", "skip"]
        if self.queues:
            kinds += ["put", "put", "get", "get"]
        if self.locks:
            kinds += ["lock", "unlock", "trylock"]
        if self.conditions:
            kinds += ["wait", "signal", "signal", "broadcast"]
        kind = self.random.choice(kinds)
        makers = {
            "read": lambda: ("set", own, self.reading()),
            "write": lambda: ("set", shared, self.expression(OWN, 1)),
            "own": lambda: ("set", own, self.expression(OWN)),
            "atomic": lambda: ("atomic", self.inner_block()),
            "await": self.awaiting,
            "add": lambda: ("add", own, shared, self.expression(OWN, 1)),
            "add1": lambda: ("add", None, shared, ("n", 1)),
            "cas": lambda: ("cas", own, shared, self.expression(OWN, 1), self.expression(OWN, 1)),
            "assert": lambda: ("assert", self.reading()),
            "put": lambda: ("put", "q", self.expression(OWN, 1)),
            "get": lambda: ("get", own, "q"),
            "lock": lambda: ("lock", self.random.choice(self.locks)),
            "unlock": lambda: ("unlock", self.random.choice(self.locks)),
            "trylock": lambda: ("trylock", own, self.random.choice(self.locks)),
            "wait": lambda: ("wait", "c", self.locks[0]),
            "signal": lambda: ("signal", "c"),
            "broadcast": lambda: ("broadcast", "c"),
            "fence": lambda: ("fence",),
            "skip": lambda: ("skip",),
        }
        return makers[kind]()

    def awaiting(self):
        if self.chance(0.5):
            return ("await", self.reading(), None)
        return ("await", self.expression(list(self.shared) + OWN, 1), self.inner_block())

    def guarded(self):
        """Most programs hold a lock around what they do."""
        lock = self.locks[0]
        inside = [self.step() for _ in range(self.random.randint(0, 2))]
        if self.conditions and self.chance(0.6):
            inside.append(("wait", "c", lock))
        return [("lock", lock), *inside, ("unlock", lock)]

    def spin(self):
        own = self.random.choice(OWN)
        return [("while", self.condition(), [("set", own, self.reading())] + [self.step()] * self.chance(0.3))]

    def back_off(self):
        """Tries for two locks, lets go and tries again."""
        first, second = self.random.sample(self.locks, 2)
        return [("set", "r", ("n", 0)),
                ("while", ("op", "==", ("v", "r"), ("n", 0)),
                 [("lock", first), ("trylock", "r", second),
                  ("if", [(("op", "==", ("v", "r"), ("n", 0)), [("unlock", first)])], None)]),
                ("unlock", second), ("unlock", first)]

    def piece(self, depth=1):
        roll = self.random.random()
        if self.locks and roll < 0.25:
            return self.guarded()
        if len(self.locks) == 2 and roll < 0.4:
            return self.back_off()
        if depth and roll < 0.5:
            return [("if", [(self.condition(), self.piece(0)) for _ in range(self.random.randint(1, 2))],
                     self.piece(0) if self.chance(0.5) else None)]
        if depth and roll < 0.58:
            return [("repeat", self.random.randint(1, 2), self.piece(0) + [self.step()])]
        if depth and roll < 0.7:
            return self.spin()
        if roll < 0.73:
            return [("if", [(self.condition(), [("stop",)])], None)]
        return [self.step()]

    def body(self, length):
        block = []
        while len(block) < length:
            block += self.piece()
        read = set()
        assigned = set()
        note(block, read, assigned)
        return [("set", name, ("n", 0)) for name in sorted(read - assigned) if name in OWN] + block

    def program(self):
        lengths = self.random.choice([[2, 2], [3, 2], [3, 3], [1, 1, 1], [2, 1, 1], [4, 1], [4]])
        groups, names = [], list("ABCD")
        while lengths:
            count = 2 if len(lengths) > 1 and self.chance(0.4) else 1
            groups.append(([names.pop(0) for _ in range(count)], self.body(lengths[0])))
            lengths = lengths[count:]
        own = []
        for threads, block in groups:
            assigned = set()
            note(block, set(), assigned)
            own += [(thread, name) for thread in threads for name in sorted(assigned & set(OWN))]
        claims = list(self.shared)
        final = [("v", self.random.choice(claims))] + [("f", *field) for field in own[:1]]
        show = None
        if own and self.chance(0.4):
            show = self.random.sample(own + claims, self.random.randint(1, min(3, len(own + claims))))
        return race_model.Program(
            tso=self.tso, shared=self.shared, locks=self.locks, conditions=self.conditions, queues=self.queues,
            groups=groups, show=show,
            always=[("op", "<", ("v", claims[0]), ("n", self.random.choice([2, 3, 9])))] * self.chance(0.3),
            finally_=[("op", self.random.choice(["==", "<", "!="]), self.random.choice(final),
                       self.random.choice(final + [("n", 1)]))] * self.chance(0.6),
        )


def note(node, read, assigned):
    """Which variables a tree reads and assigns."""
    if isinstance(node, list):
        for part in node:
            note(part, read, assigned)
    elif isinstance(node, tuple):
        if node and node[0] == "v":
            read.add(node[1])
        if node and node[0] in ("set", "trylock", "get", "add", "cas") and node[1]:
            assigned.add(node[1])
        for part in node:
            note(part, read, assigned)
