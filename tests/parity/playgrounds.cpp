#include "query_generator.h"

namespace sqlgym::parity {

namespace {

constexpr char kPlain[] =
    R"(CREATE TABLE person(id int PRIMARY KEY, name text, age int, city text, height numeric(5,2), active boolean);
CREATE TABLE visit(id int PRIMARY KEY, person int, cost numeric, days int, note varchar(20), total bigint, ratio float8);
CREATE TABLE nothing(id int, word text, amount numeric(6,1));
INSERT INTO person VALUES (1, 'ada', 30, 'Ulm', 1.70, true), (2, 'Bob', 41, 'Bern', 1.8, false), (3, 'cy', 30, 'Ulm', NULL, NULL),
 (4, '', NULL, NULL, 1.70, true), (5, 'ada', 0, 'bern', 0.50, false), (6, NULL, -5, 'Ulm', 2.00, true), (7, 'a%b_c', 41, '', 1.80, NULL);
INSERT INTO visit VALUES (1, 1, 10.00, 3, 'one', 5000000000, 0.1), (2, 1, 10.0, 0, 'two', -1, 1.25), (3, 2, NULL, 3, NULL, NULL, NULL),
 (4, 9, 0, 7, 'one', 0, -2), (5, NULL, 99.999, NULL, 'Two', 5000000000, 0.7), (6, 3, -3.5, 1, '', 12, 1024), (7, 4, 10, 3, 'one', 3, 0),
 (8, 1, 0.10, 2, 'x', 4, 3);)";

constexpr char kDated[] = R"(
CREATE TABLE event(id int PRIMARY KEY, person int, day date, at timestamp, kind varchar(8), span interval);
INSERT INTO event VALUES (1, 1, '2024-02-29', '2024-02-29 12:00', 'in', '1 day'), (2, 1, '2024-01-31', NULL, 'out', '24:00'),
 (3, 2, NULL, '1999-12-31 23:59:59.5', 'in', NULL), (4, 7, '2024-02-29', '2024-02-29 00:00', NULL, '1 mon -3 days'), (5, NULL, '2023-12-31', '2024-01-01', 'in', '00:00');)";

} // namespace

std::vector<Playground> playgrounds()
{
    const GeneratedTable person{"person",
                                {{"id", Type::Int},
                                 {"name", Type::Text},
                                 {"age", Type::Int},
                                 {"city", Type::Text},
                                 {"height", Type::Numeric},
                                 {"active", Type::Bool}}};
    const GeneratedTable visit{"visit",
                               {{"id", Type::Int},
                                {"person", Type::Int},
                                {"cost", Type::Numeric},
                                {"days", Type::Int},
                                {"note", Type::Text},
                                {"total", Type::Big},
                                {"ratio", Type::Float}}};
    const GeneratedTable nothing{"nothing", {{"id", Type::Int}, {"word", Type::Text}, {"amount", Type::Numeric}}};
    const GeneratedTable event{"event",
                               {{"id", Type::Int},
                                {"person", Type::Int},
                                {"day", Type::Date},
                                {"at", Type::Timestamp},
                                {"kind", Type::Text},
                                {"span", Type::Interval}}};
    return {{"plain", kPlain, {person, visit, person, visit, nothing}},
            {"dated", std::string(kPlain) + kDated, {event, person, event, visit}}};
}

} // namespace sqlgym::parity
