"""race_graph: all worlds of a race program, and every schedule through them, found in the plainest ways there are."""
# SPDX-License-Identifier: GPL-3.0-or-later
import heapq

from race_model import FAILED, World


class TooLarge(Exception):
    pass


class Graph:
    """All worlds that can be reached, by number; `edges[n]` is a list of (move, number or FAILED)."""

    def __init__(self, program, most):
        first = World(program)
        for number in range(len(first.threads)):
            first.decide(number)
        self.worlds = [first]
        self.edges = []
        numbers = {first.key(): 0}
        while len(self.edges) < len(self.worlds):
            edges = []
            world = self.worlds[len(self.edges)]
            for move in world.moves():
                then = world.take(move)
                if then != FAILED:
                    number = numbers.setdefault(then.key(), len(self.worlds))
                    if number == len(self.worlds):
                        if number > most:
                            raise TooLarge
                        self.worlds.append(then)
                    then = number
                edges.append((move, then))
            self.edges.append(edges)
        self.endings = {n: self.worlds[n].ending() for n, edges in enumerate(self.edges) if not edges}

    def has_cycle(self):
        """Takes away who has nobody behind, again and again: what is left goes round."""
        left = [sum(then != FAILED for _, then in edges) for edges in self.edges]
        before = [[] for _ in self.edges]
        for n, edges in enumerate(self.edges):
            for _, then in edges:
                if then != FAILED:
                    before[then].append(n)
        free = [n for n, count in enumerate(left) if count == 0]
        gone = len(free)
        while free:
            for n in before[free.pop()]:
                left[n] -= 1
                if left[n] == 0:
                    free.append(n)
                    gone += 1
        return gone < len(self.edges)

    def walk_all(self, most):
        """Every schedule, one by one: {ending: how many}, and the least (preemptions, switches, steps) of a bad one."""
        counts, best, total = {}, None, 0
        stack = [(0, None, (0, 0, 0))]
        while stack:
            n, last, cost = stack.pop()
            ending = ("failed", (), True) if n == FAILED else self.endings.get(n)
            if ending is not None:
                counts[ending] = counts.get(ending, 0) + 1
                total += 1
                if total > most:
                    raise TooLarge
                if ending[2] and (best is None or cost < best):
                    best = cost
                continue
            could_go_on = any(move[0] == last for move, _ in self.edges[n])
            for move, then in self.edges[n]:
                switch = last is not None and move[0] != last
                stack.append((then, move[0], (cost[0] + (switch and could_go_on), cost[1] + switch, cost[2] + 1)))
        return counts, best

    def least_cost(self):
        """The same least cost, where schedules have no end or are too many."""
        heap, done, ticket = [((0, 0, 0), 0, 0, None)], set(), 0
        while heap:
            cost, _, n, last = heapq.heappop(heap)
            if n == FAILED or self.endings.get(n, ("", (), False))[2]:
                return cost
            if (n, last) in done:
                continue
            done.add((n, last))
            could_go_on = any(move[0] == last for move, _ in self.edges[n])
            for move, then in self.edges[n]:
                switch = last is not None and move[0] != last
                ticket += 1
                heapq.heappush(
                    heap,
                    ((cost[0] + (switch and could_go_on), cost[1] + switch, cost[2] + 1), ticket, then, move[0]),
                )
        return None

    def probability_good(self):
        """By going on from good ends, round after round, until nothing changes."""
        good = [float(n in self.endings and not self.endings[n][2]) for n in range(len(self.edges))]
        change = 1.0
        while change > 1e-13:
            change = 0.0
            for n in range(len(self.edges) - 1, -1, -1):
                if self.edges[n]:
                    value = sum(good[then] for _, then in self.edges[n] if then != FAILED) / len(self.edges[n])
                    change = max(change, abs(value - good[n]))
                    good[n] = value
        return good[0]

    def livelocked(self):
        """States on a cycle on which all who are enabled move: for each set of those who may not be enabled at all,
        the states where they are not, taken apart into what can reach each other."""
        def mover(move):
            return (move[0], move[1] == "drain")

        enabled = [{mover(move) for move, _ in edges} for edges in self.edges]
        everybody = sorted(set().union(*enabled))
        found = set()
        for mask in range(1 << len(everybody)):
            absent = {m for i, m in enumerate(everybody) if mask >> i & 1}
            states = {n for n in range(len(self.edges)) if self.edges[n] and not enabled[n] & absent}
            for part in self.parts(states):
                moves = {mover(move) for n in part for move, then in self.edges[n] if then in part}
                if moves and set().union(*(enabled[n] for n in part)) <= moves:
                    found |= part
        return found

    def kinds(self):
        """For each world the number of its kind: those of a kind have the same schedules before them, and may differ
        in what nobody reads any more."""
        kinds = [hash(self.endings.get(n)) for n in range(len(self.edges))]
        count = 0
        while len(set(kinds)) > count:
            count = len(set(kinds))
            names = {}
            kinds = [
                names.setdefault(
                    (kinds[n], frozenset((move, then if then == FAILED else kinds[then]) for move, then in edges)),
                    len(names),
                )
                for n, edges in enumerate(self.edges)
            ]
        return kinds

    def parts(self, states):
        """Kosaraju: forwards, then backwards."""
        order, seen = [], set()
        for root in states:
            stack = [(root, False)]
            while stack:
                n, left = stack.pop()
                if left:
                    order.append(n)
                elif n not in seen:
                    seen.add(n)
                    stack.append((n, True))
                    stack += [(then, False) for _, then in self.edges[n] if then in states]
        before = {n: [] for n in states}
        for n in states:
            for _, then in self.edges[n]:
                if then in states:
                    before[then].append(n)
        taken = set()
        for root in reversed(order):
            part, stack = set(), [root]
            while stack:
                n = stack.pop()
                if n not in taken:
                    taken.add(n)
                    part.add(n)
                    stack += before[n]
            if part:
                yield part
