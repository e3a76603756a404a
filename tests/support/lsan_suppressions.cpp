// SPDX-License-Identifier: Apache-2.0
// Suppressions of LeakSanitizer for every program that uses this library.

// libpqxx 6 loses the answer of a statement during which the connection broke; tests break connections.
extern "C" const char *__lsan_default_suppressions();
extern "C" const char *__lsan_default_suppressions() {
    return "leak:PQmakeEmptyPGresult\nleak:libpq.so\n";
}
