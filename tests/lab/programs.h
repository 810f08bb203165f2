/* programs.h: race programs that between them use every statement, for tests that follow them step
 * by step. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

static const char *const every_statement[] = {
  /* Locks, one's own try, control flow, an end with a lock held. */
  "shared n = 0; lock m; lock k;"
  "thread A, B { repeat 2 { lock m; r = n; if (r > 1) { n = r - 1; } else { n = r + 2; } unlock m; "
  "} ok = trylock(k); "
  "again = trylock(k); if (ok) { stop; } lock m; unlock m; }",
  /* Conditions of both kinds. */
  "shared n = 0; lock m; condition c; condition s spurious;"
  "thread A, B { lock m; wait c, m; unlock m; lock m; wait s, m; r = n; n = r + self; unlock m; }"
  "thread C { repeat 2 { signal c; } broadcast s; signal s; broadcast c; }",
  /* Queues with first contents, without and with a bound; their lengths. */
  "shared last = 7; queue q = 3, -4; queue b capacity 2 = 1; queue e;"
  "thread A, B { put q, self * 10; x = get(q); n = length(q); put b, n + x; put e, x; }"
  "thread C { repeat 3 { x = get(b); last = x; } y = get(e); n = length(e); }",
  /* Blocks that are one step. */
  "shared a = 1; shared b = 0; queue q capacity 1;"
  "thread A, B { atomic { b = a + b; a = b; if (length(q) == 0) { put q, a; } else { x = get(q); } "
  "assert b > 0; } "
  "await a > 0; await length(q) == 0 || a > 1 { a = a + 1; } await a > 1 { } }",
  /* Read-modify-write, own variables, fences, nothing. */
  "shared v = 0; thread A, B { x = fetch_add(v, self); fetch_add(v, 1); ok = cas(v, x, -x); skip; "
  "fence; "
  "y = x > 0 ? v : -1; assert v != 1000; }",
  /* A store buffer, and what waits until it is empty. */
  "memory tso; shared x = 0; shared y = 0; lock m; queue q; condition c;"
  "thread A { x = 1; x = 2; r = x; s = y; fence; lock m; y = r; unlock m; put q, s; signal c; }"
  "thread B { y = 5; r = x; y = 6; old = fetch_add(x, 10); z = get(q); y = z; atomic { w = x + y; "
  "x = w; } await y >= 0 { } }",
  /* A claim over all, and steps that fail. */
  "shared n = 0; thread A, B { repeat 2 { r = n; n = r + 1; } } always n < 4;",
  "shared n = 9223372036854775806; thread A, B { r = n; n = r + 1; } ",
  "shared n = 1; lock m; thread A { n = 0; unlock m; } thread B { r = n; q = 10 / r; }",
  "shared n = 0; queue q; thread A { atomic { x = get(q); } } thread B { put q, 1; n = 1; }",
  "memory tso; shared n = 0; thread A, B { n = self; r = n; } always n < 2;",
};
