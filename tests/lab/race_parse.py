"""race_parse: reads the text of a right race program into race_model's trees. Wrong ones are not its business."""
# SPDX-License-Identifier: GPL-3.0-or-later
import re

import race_model

TOKEN = re.compile(r'\s+|//[^\n]*|("(?:[^"\\]|\\.)*")|([A-Za-z_]\w*|\d+|==|!=|<=|>=|&&|\|\||[^\s\w])')
LEVELS = [["||"], ["&&"], ["==", "!="], ["<", "<=", ">", ">="], ["+", "-"], ["*", "/", "%"]]


class Parser:
    def __init__(self, text):
        self.tokens = [m[1] or m[2] for m in TOKEN.finditer(text) if m[1] or m[2]] + [""]
        self.at = 0

    def take(self, *wanted):
        token = self.tokens[self.at]
        assert not wanted or token in wanted, (wanted, self.tokens[max(self.at - 5, 0) : self.at + 5])
        self.at += 1
        return token

    def has(self, token):
        if self.tokens[self.at] != token:
            return False
        self.at += 1
        return True

    def number(self):
        return -int(self.take()) if self.has("-") else int(self.take())

    def expression(self):
        condition = self.binary(0)
        if not self.has("?"):
            return condition
        yes = self.expression()
        self.take(":")
        return ("?", condition, yes, self.expression())

    def binary(self, level):
        if level == len(LEVELS):
            return self.unary()
        left = self.binary(level + 1)
        while self.tokens[self.at] in LEVELS[level]:
            op = self.take()
            right = self.binary(level + 1)
            left = ({"&&": "and", "||": "or"}[op], left, right) if level < 2 else ("op", op, left, right)
        return left

    def unary(self):
        if self.has("-"):
            return ("neg", self.unary())
        if self.has("!"):
            return ("not", self.unary())
        if self.has("("):
            inside = self.expression()
            self.take(")")
            return inside
        token = self.take()
        if token.isdigit():
            return ("n", int(token))
        if token == "self":
            return ("self",)
        if token == "length":
            return ("len", self.in_brackets()[0])
        return ("f", token, self.take()) if self.has(".") else ("v", token)

    def in_brackets(self):
        """`(NAME)` or `(NAME, EXPR…)`"""
        self.take("(")
        parts = [self.take()]
        while self.has(","):
            parts.append(self.expression())
        self.take(")")
        return parts

    def block(self):
        self.take("{")
        statements = []
        while not self.has("}"):
            statements.append(self.statement())
        return statements

    def statement(self):
        word = self.take()
        if word in ("atomic",):
            return ("atomic", self.block())
        if word == "if":
            return self.choice()
        if word == "while":
            return ("while", self.expression(), self.block())
        if word == "repeat":
            return ("repeat", int(self.take()), self.block())
        if word == "await":
            condition = self.expression()
            return ("await", condition, self.block() if self.tokens[self.at] == "{" else self.end(None))
        simple = {
            "lock": lambda: ("lock", self.take()),
            "unlock": lambda: ("unlock", self.take()),
            "signal": lambda: ("signal", self.take()),
            "broadcast": lambda: ("broadcast", self.take()),
            "wait": lambda: ("wait", self.take(), self.take(",") and self.take()),
            "put": lambda: ("put", self.take(), self.take(",") and self.expression()),
            "assert": lambda: ("assert", self.expression()),
            "fence": lambda: ("fence",),
            "skip": lambda: ("skip",),
            "stop": lambda: ("stop",),
            "fetch_add": lambda: ("add", None, *self.in_brackets()),
        }
        return self.end(simple[word]() if word in simple else self.assignment(word))

    def end(self, statement):
        self.take(";")
        return statement

    def assignment(self, name):
        self.take("=")
        operations = {"get": "get", "trylock": "trylock", "fetch_add": "add", "cas": "cas"}
        if self.tokens[self.at] in operations:
            return (operations[self.take()], name, *self.in_brackets())
        return ("set", name, self.expression())

    def choice(self):
        arms, otherwise = [(self.expression(), self.block())], None
        while otherwise is None and self.has("else"):
            if self.has("if"):
                arms.append((self.expression(), self.block()))
            else:
                otherwise = self.block()
        return ("if", arms, otherwise)

    def program(self):
        parts = {"shared": {}, "locks": [], "conditions": {}, "queues": {}, "groups": [], "always": [],
                 "finally_": [], "tso": False, "show": None}
        while self.tokens[self.at]:
            self.declaration(parts)
        return race_model.Program(**parts)

    def names(self):
        names = [self.take()]
        while self.has(","):
            names.append(self.take())
        return names

    def declaration(self, parts):
        word = self.take()
        if word == "thread":
            names = self.names()
            parts["groups"].append((names, self.block()))
            return
        if word == "shared":
            name = self.take()
            self.take("=")
            parts["shared"][name] = self.number()
        elif word == "lock":
            parts["locks"].append(self.take())
        elif word == "condition":
            name = self.take()
            parts["conditions"][name] = self.has("spurious")
        elif word == "queue":
            name = self.take()
            capacity = int(self.take()) if self.has("capacity") else None
            first = [self.number()] if self.has("=") else []
            while self.has(","):
                first.append(self.number())
            parts["queues"][name] = (capacity, first)
        elif word in ("always", "finally"):
            parts["always" if word == "always" else "finally_"].append(self.expression())
        elif word == "show":
            parts["show"] = []
            while not parts["show"] or self.has(","):
                name = self.take()
                parts["show"].append((name, self.take()) if self.has(".") else name)
        else:
            parts["tso"] |= word == "memory"
            self.take()
        self.take(";")


def parse(text):
    return Parser(text).program()
