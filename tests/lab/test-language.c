/* The language: what is a race program, and what is wrong with those that are none. */
/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "lab/lab.h"

typedef struct
{
  const char *text;
  int line; /* 0: nothing is wrong */
  int column;
  const char *message; /* part of it */
} Case;

static const Case good[] = {
  { "thread A { }" },
  { "\xef\xbb\xbfthread A { skip; }" },
  { "// comment\nthread A { skip; } // the end" },
  { "title \"a \\\"b\\\" \\\\\"; story \"\"; kind wrong_fix; thread A { skip; }" },
  { "thread A { x = 1; y = x; } show A.x;" },
  { "shared a = -9223372036854775808; thread A { r = -9223372036854775808; } always a < 0;" },
  { "queue q capacity 2 = 1, -2; queue p = 3; thread A { x = get(q); put p, x; }" },
  { "condition c spurious; lock m; thread A { lock m; wait c, m; unlock m; }" },
  { "shared a = 0; thread A { x = a ? 1 : 2; if (x == 1 && x < 2 || !x) { skip; } else if (x) { "
    "skip; } else { stop; } }" },
  { "shared a = 0; shared b = 0; thread A { atomic { a = b + a; if (a > b) { assert b == 0; } else "
    "{ b = a; } } }" },
  { "shared a = 0; shared b = 0; thread A { await a == b { } await a == 0; await a + b == 0 { a = "
    "b; } }" },
  { "shared v = 0; thread A { fetch_add(v, 1); x = fetch_add(v, -3); ok = cas(v, x, x + 1); }" },
  { "lock m; condition c; thread A { ok = trylock(m); signal c; broadcast c; fence; skip; unlock "
    "m; } memory tso;" },
  { "thread A { while (1) { stop; } repeat 3 { skip; } x = self; if (x) { } }" },
  { "queue q; thread A { x = length(q) + 1; } always length(q) == 0; finally A.x == 1;" },
  { "thread A { y = x; x = 1; }" },
  { "thread A { atomic { } }" },
};

static const Case bad[] = {
  { "", 1, 1, "no thread" },
  { "shared x = 0;\n", 2, 1, "no thread" },
  { "thread A { x = 1 }", 1, 18, "expected “;”" },
  { "thread A {\n  r = y;\n}", 2, 7, "never assigned" },
  { "thread A { x = 1; } thread B { y = x; }", 1, 36, "never assigned" },
  { "shared x = 0; lock x; thread A { }", 1, 20, "declared twice" },
  { "lock A; thread A { }", 1, 16, "declared twice" },
  { "thread A, A { }", 1, 11, "declared twice" },
  { "shared c = 0;\nthread A {\n  c = c + 1;\n}", 3, 7, "too many" },
  { "shared c = 0; thread A { x = c + c; }", 1, 34, "too many" },
  { "shared c = 0; thread A { x = 1 ? c : c; }", 1, 38, "too many" },
  { "shared c = 0; queue q; thread A { c = get(q); }", 1, 35, "shared" },
  { "shared c = 0; lock m; thread A { c = trylock(m); }", 1, 34, "shared" },
  { "shared c = 0; queue q; thread A { put q, c; }", 1, 42, "too many" },
  { "shared c = 0; thread A { x = fetch_add(c, c); }", 1, 43, "too many" },
  { "shared c = 0; thread A { x = cas(c, 0, c); }", 1, 40, "too many" },
  { "shared c = 0; shared d = 0; thread A { await c == d; }", 1, 51, "too many" },
  { "shared c = 0; shared d = 0; thread A { assert c == d; }", 1, 52, "too many" },
  { "queue q; thread A { x = length(q) + length(q); }", 1, 44, "too many" },
  { "shared c = 0; thread A { if (c) { skip; } }", 1, 30, "shared" },
  { "shared c = 0; thread A { while (c == 0) { skip; } }", 1, 33, "shared" },
  { "thread A { while (1) { } }", 1, 12, "no step" },
  { "thread A { x = 0; while (x) { if (x) { skip; } } }", 1, 19, "no step" },
  { "thread A { x = 0; while (x) { while (x) { skip; } } }", 1, 19, "no step" },
  { "thread A { repeat 2 { } }", 1, 12, "no step" },
  { "thread A { repeat 0 { skip; } }", 1, 19, "at least 1" },
  { "thread A { repeat x { skip; } }", 1, 19, "expected a number" },
  { "thread A { ; }", 1, 12, "empty statement" },
  { "thread A { { skip; } }", 1, 12, "block" },
  { "thread A { skip;", 1, 17, "expected “}”" },
  { "thread A { atomic { skip; } }", 1, 21, "one step" },
  { "thread A { atomic { while (1) { skip; } } }", 1, 21, "one step" },
  { "lock m; thread A { await 1 { lock m; } }", 1, 30, "one step" },
  { "thread A { atomic { atomic { } } }", 1, 21, "one step" },
  { "thread A { atomic { stop; } }", 1, 21, "one step" },
  { "shared v = 0; thread A { fetch_add(v, 2); }", 1, 26, "may stand alone" },
  { "shared v = 0; thread A { cas(v, 0, 1); }", 1, 26, "may stand alone" },
  { "queue q; thread A { get(q); }", 1, 21, "may stand alone" },
  { "lock m; thread A { m = 1; }", 1, 20, "cannot be assigned" },
  { "thread A { A = 1; }", 1, 12, "cannot be assigned" },
  { "thread A { self = 1; }", 1, 12, "cannot be assigned" },
  { "lock m; thread A { x = m; }", 1, 24, "not a variable" },
  { "thread A { lock m; }", 1, 17, "not declared as a lock" },
  { "shared m = 0; thread A { lock m; }", 1, 31, "not declared as a lock" },
  { "thread A { x = 1; wait c, m; }", 1, 24, "not declared as a condition" },
  { "thread A { x = length(q); }", 1, 23, "not a queue" },
  { "thread A { x = 1; y = A.x; }", 1, 23, "finally" },
  { "thread A { if = 1; }", 1, 15, "expected “(”" },
  { "shared while = 0; thread A { }", 1, 8, "word of the language" },
  { "shared x; thread A { }", 1, 9, "expected “=”" },
  { "shared x = y; thread A { }", 1, 12, "expected a number" },
  { "shared x = 9223372036854775808; thread A { }", 1, 12, "too large" },
  { "shared x = -9223372036854775809; thread A { }", 1, 13, "too large" },
  { "queue q capacity 0; thread A { }", 1, 18, "at least 1" },
  { "queue q capacity 1 = 1, 2; thread A { }", 1, 25, "no room" },
  { "memory sc; thread A { }", 1, 8, "tso" },
  { "kind good; thread A { }", 1, 6, "expected" },
  { "title \"a\n\"; thread A { }", 1, 7, "no end" },
  { "title \"a\\n\"; thread A { }", 1, 9, "backslash" },
  { "title \"a\"; title \"b\"; thread A { }", 1, 12, "only one" },
  { "show x; show x; shared x = 0; thread A { }", 1, 9, "only one" },
  { "shared x = 0; show x, x; thread A { }", 1, 23, "shown already" },
  { "show x; thread A { x = 1; }", 1, 6, "not a shared variable" },
  { "show B.x; thread A { x = 1; }", 1, 6, "not a thread" },
  { "show A.y; thread A { x = 1; }", 1, 8, "no variable" },
  { "finally A.y == 0; thread A { x = 1; }", 1, 11, "no variable" },
  { "always A.x == 0; thread A { x = 1; }", 1, 8, "finally" },
  { "finally x == 0; thread A { x = 1; }", 1, 9, "not declared" },
  { "always self == 0; thread A { x = 1; }", 1, 8, "threads only" },
  { "shared x = 0; always x == 1; thread A { }", 1, 22, "at the start" },
  { "shared x = 0; always 1 / x; thread A { }", 1, 22, "at the start" },
  { "thread A, B { if (1 / (self - 2)) { x = 1; } }", 1, 19, "before the first step" },
  { "thread A { x = 1 @ 2; }", 1, 18, "no meaning" },
  { "thread A { x = 1 & 2; }", 1, 18, "no meaning" },
  { "thread \xc3\xa4 { }", 1, 8, "no meaning" },
  { "title \"\xc3\xa4\"; thread A { x = ; }", 1, 27, "expected an expression" },
  { "thread A { x = 12ab; }", 1, 16, "runs into" },
  { "thread A { x = get(q) + 1; } queue q;", 1, 23, "expected “;”" },
  { "thread A { x = 1 + get(q); } queue q;", 1, 20, "no part of an expression" },
  { "thread A { x = (1; }", 1, 18, "expected “)”" },
  { "thread A { \xff }", 1, 12, "UTF-8" },
  { "skip;", 1, 1, "expected a declaration" },
  { "thread A { x = 1; else { skip; } }", 1, 19, "without" },
  { "thread A { if (1) skip; }", 1, 19, "expected “{”" },
};

static void
check (const Case *item)
{
  g_autoptr (LabProblem) problem = NULL;
  g_autoptr (LabProgram) program = lab_program_new (item->text, -1, &problem);

  if (problem != NULL)
    g_test_message ("%.60s -> %d:%d %s", item->text, problem->line, problem->column,
                    problem->message);
  g_assert_true ((program == NULL) == (item->line > 0));
  if (program != NULL)
    return;
  g_assert_cmpint (problem->line, ==, item->line);
  g_assert_cmpint (problem->column, ==, item->column);
  g_assert_nonnull (strstr (problem->message, item->message));
}

static void
test_good (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    check (&good[i]);
}

static void
test_bad (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    check (&bad[i]);
}

static char *
repeat_text (const char *before, const char *text, int n, const char *after)
{
  GString *all = g_string_new (before);

  while (n-- > 0)
    g_string_append (all, text);
  return g_string_free (g_string_append (all, after), FALSE);
}

static void
check_long (char *text /* transfer full */, int line, int column, const char *message)
{
  Case item = { text, line, column, message };

  check (&item);
  g_free (text);
}

static void
test_limits (void)
{
  g_autofree char *open = repeat_text ("", "(", 200, "1");
  g_autofree char *close = repeat_text ("", ")", 200, "; }");
  GString *many = g_string_new ("thread T1");

  check_long (g_strdup_printf ("thread A { x = %s%s", open, close), 0, 0, NULL);
  check_long (g_strdup_printf ("thread A { x = (%s)%s", open, close), 1, 216, "too deeply");
  check_long (repeat_text ("thread A { x = ", "-", 100000, "1; }"), 1, 216, "too deeply");
  check_long (repeat_text ("thread A { x = 1", " ? 1 : 1", 100000, "; }"), 1, 1618, "too deeply");
  check_long (repeat_text ("thread A { ", "if (1) {", 100000, ""), 1, 1619, "too deeply");
  check_long (repeat_text ("thread A { x = 1", "+1", 100000, "; }"), 0, 0, NULL);
  check_long (repeat_text ("thread A { if (0) { skip; } ", "else if (0) { skip; } ", 20000, "}"), 0,
              0, NULL);
  check_long (repeat_text ("thread A { ", "skip;", 100000, "}"), 0, 0, NULL);
  for (int i = 2; i <= 64; i++)
    g_string_append_printf (many, ", T%d", i);
  check_long (g_strdup_printf ("%s { }", many->str), 0, 0, NULL);
  check_long (g_strdup_printf ("%s, TX { }", many->str), 1, many->len + 3, "too many");
  g_string_free (many, TRUE);
  check_long (repeat_text ("thread A { }", "\n", 1024 * 1024 - 12, ""), 0, 0, NULL);
  check_long (repeat_text ("thread A { }", "\n", 1024 * 1024 - 11, ""), 1024 * 1024 - 11, 1,
              "too long");
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *expression;
    gint64 value;
  } cases[] = {
    { "1 + 2 * 3", 7 },
    { "(1 + 2) * 3", 9 },
    { "-7 / 2", -3 },
    { "-7 % 2", -1 },
    { "7 % -2", 1 },
    { "10 - 3 - 2", 5 },
    { "1 < 2 == 1", 1 },
    { "!5", 0 },
    { "!!5", 1 },
    { "2 && 3", 1 },
    { "0 && 1 / 0", 0 },
    { "2 || 1 / 0", 1 },
    { "0 || 0", 0 },
    { "0 || 7", 1 },
    { "1 ? 2 : 1 / 0", 2 },
    { "0 ? 1 / 0 : 3", 3 },
    { "1 ? 0 ? 4 : 5 : 6", 5 },
    { "0 ? 1 : 0 ? 2 : 3", 3 },
    { "1 || 0 && 0", 1 },
    { "3 > 2 > 1", 0 },
    { "- -5", 5 },
    { "2 - -5", 7 },
    { "-9223372036854775808 + 1", -G_MAXINT64 },
    { "1 == 1 != 0", 1 },
    { "8 / 4 / 2", 1 },
    { "self", 1 },
    { "!0 + 1", 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("thread A { x = %s; } show A.x;", cases[i].expression);
      g_autoptr (LabProblem) problem = NULL;
      g_autoptr (LabProgram) program = lab_program_new (text, -1, &problem);
      g_autoptr (LabStepper) stepper = NULL;

      g_assert_nonnull (program);
      stepper = lab_stepper_new (program);
      g_assert_true (lab_stepper_take_thread (stepper, 0));
      g_test_message ("%.60s", cases[i].expression);
      g_assert_cmpint (lab_stepper_get_failure (stepper), ==, LAB_FAILURE_NONE);
      g_assert_cmpint (lab_state_get_own (lab_stepper_get_state (stepper), program, 0, 0), ==,
                       cases[i].value);
    }
}

static void
test_faults (void)
{
  static const struct
  {
    const char *text;
    LabFailure failure;
  } cases[] = {
    { "thread A { x = 1 / 0; }", LAB_FAILURE_DIVISION },
    { "thread A { x = 1 % 0; }", LAB_FAILURE_DIVISION },
    { "thread A { x = -9223372036854775808 / -1; }", LAB_FAILURE_OVERFLOW },
    { "thread A { x = -9223372036854775808 % -1; }", LAB_FAILURE_OVERFLOW },
    { "thread A { x = -(-9223372036854775808); }", LAB_FAILURE_OVERFLOW },
    { "thread A { x = 9223372036854775807 + 1; }", LAB_FAILURE_OVERFLOW },
    { "thread A { x = -9223372036854775807 - 2; }", LAB_FAILURE_OVERFLOW },
    { "thread A { x = 3037000500 * 3037000500; }", LAB_FAILURE_OVERFLOW },
    { "shared v = 9223372036854775807; thread A { fetch_add(v, 1); }", LAB_FAILURE_OVERFLOW },
    { "thread A { x = 0; if (1 / x) { skip; } }", LAB_FAILURE_DIVISION },
    { "thread A { await 1 / 0; }", LAB_FAILURE_DIVISION },
    { "lock m; thread A { unlock m; }", LAB_FAILURE_NOT_HELD },
    { "lock m; condition c; thread A { wait c, m; }", LAB_FAILURE_NOT_HELD },
    { "queue q; thread A { atomic { x = get(q); } }", LAB_FAILURE_EMPTY },
    { "queue q capacity 1; thread A { atomic { put q, 1; put q, 2; } }", LAB_FAILURE_FULL },
    { "thread A { assert 0; }", LAB_FAILURE_ASSERT },
    { "shared x = 0; thread A { atomic { assert x; } }", LAB_FAILURE_ASSERT },
    { "shared x = 0; thread A { x = 1; } always x == 0;", LAB_FAILURE_ALWAYS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LabProblem) problem = NULL;
      g_autoptr (LabProgram) program = lab_program_new (cases[i].text, -1, &problem);
      g_autoptr (LabStepper) stepper = NULL;

      g_test_message ("%.60s", cases[i].text);
      g_assert_nonnull (program);
      stepper = lab_stepper_new (program);
      while (lab_stepper_take_thread (stepper, 0))
        continue;
      g_assert_cmpint (lab_stepper_get_failure (stepper), ==, cases[i].failure);
    }
}

static void
test_format (void)
{
  g_autoptr (LabProblem) problem = NULL;
  g_autoptr (LabProgram) program = lab_program_new ("thread A {\n  while (1) { } }", -1, &problem);
  g_autofree char *text = NULL;

  g_assert_null (program);
  text = lab_problem_format (problem, "a.race");
  g_assert_true (g_str_has_prefix (text, "a.race:2:3: this loop"));
  g_assert_nonnull (strstr (text, "\n  hint: "));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/language/what-is-right-is-taken", test_good);
  g_test_add_func ("/language/what-is-wrong-is-named-with-its-place", test_bad);
  g_test_add_func ("/language/limits-hold-to-the-last-one", test_limits);
  g_test_add_func ("/language/numbers-are-as-in-c", test_numbers);
  g_test_add_func ("/language/what-c-leaves-undefined-fails-the-step", test_faults);
  g_test_add_func ("/language/a-problem-reads-as-a-compilers", test_format);
  return g_test_run ();
}
