// One spelling for every result, so that a hash can stand for it.
#pragma once

#include "content/problem.h"
#include "sandbox/result_table.h"

#include <string>
#include <vector>

namespace sqlgym::grading {

/// The canonical form, version 1 (described for people in resources/help/canonical-form.md). UTF-8 lines, each ended by
/// one line feed:
///
///     sqlgym-result 1
///     columns <TAB> family <TAB> family ...          with names asked for: family=name
///     row <TAB> cell <TAB> cell ...                  one line per row
///
/// Families and cells are as grading compares them (cell_form.h): numbers in plain decimal notation without trailing
/// zeros (2.50 -> 2.5, 1e+20 -> 100000000000000000000, -0 -> 0), a bpchar without its trailing blanks, everything else
/// as PostgreSQL prints it. NULL is \N; backslash, tab, line feed and carriage return are written \\ \t \n \r.
/// Columns keep their order; where their order is free they carry their names and are sorted by them, bytewise.
/// Rows: sorted bytewise by their line; Strict keeps the sequence; ByColumns sorts within runs of rows that agree in
/// the order columns.
///
/// Both engines print equal values alike, so both give the same bytes. Equal forms mean a right answer; under a
/// tolerance, or with columns free in order but not in name, a right answer may have another form.
std::string canonicalForm(const sandbox::ResultTable &result, const content::ValidationRules &rules);

/// problems.expected_hash: 64 lower-case hexadecimal digits, the SHA-256 of
///
///     sqlgym-tests 1
///     test <TAB> name                                for each test by order_index, then name,
///     ...                                            followed by its result's canonical form
///
/// over the tests' expected outputs.
std::string expectedHash(const content::Problem &problem);
/// The same over results that a query gave, one per test in that order.
std::string hashOf(const content::Problem &problem, const std::vector<sandbox::ResultTable> &results);

} // namespace sqlgym::grading
