#include "large_data.h"

#include <cstdint>
#include <cstdio>
#include <random>

namespace sqlgym::bench {

namespace {

constexpr std::size_t kRowsPerInsert = 500;
constexpr std::size_t kScriptBytes = 4u << 20;

/// Rows of one table as INSERTs of several rows each.
class Inserts {
public:
    Inserts(std::vector<std::string> &scripts, const char *table) : m_scripts(scripts), m_table(table) {}
    ~Inserts() { end(); }
    Inserts(const Inserts &) = delete;
    Inserts &operator=(const Inserts &) = delete;

    template <typename... Args> void add(const char *format, Args... args)
    {
        char row[512];
        std::snprintf(row, sizeof row, format, args...);
        if (m_count == 0 && (m_scripts.empty() || m_scripts.back().size() > kScriptBytes))
            m_scripts.emplace_back();
        m_scripts.back() += m_count == 0 ? "INSERT INTO " + std::string(m_table) + " VALUES " : ",";
        m_scripts.back() += row;
        if (++m_count == kRowsPerInsert)
            end();
    }

private:
    void end()
    {
        if (m_count > 0)
            m_scripts.back() += ";\n";
        m_count = 0;
    }
    std::vector<std::string> &m_scripts;
    const char *m_table;
    std::size_t m_count = 0;
};

/// mt19937_64 is the same everywhere; the standard distributions are not.
class Dice {
public:
    std::uint64_t below(std::uint64_t limit) { return m_engine() % limit; }
    /// 1..limit, small numbers far more often.
    std::uint64_t skewed(std::uint64_t limit)
    {
        const double u = double(m_engine() >> 11) / 9007199254740992.0;
        return 1 + std::uint64_t(u * u * double(limit));
    }
    template <std::size_t N> const char *pick(const char *const (&list)[N]) { return list[below(N)]; }

private:
    std::mt19937_64 m_engine{20'240'229};
};

std::string day(std::uint64_t number)
{
    // 2022-01-01 and on, in months of 28 days: enough dates for the purpose.
    char text[16];
    std::snprintf(text, sizeof text, "%04u-%02u-%02u", unsigned(2022 + number / 336), unsigned(1 + number / 28 % 12),
                  unsigned(1 + number % 28));
    return text;
}

std::string moment(Dice &dice)
{
    char text[16];
    std::snprintf(text, sizeof text, " %02u:%02u:%02u", unsigned(dice.below(24)), unsigned(dice.below(60)),
                  unsigned(dice.below(60)));
    return day(dice.below(672)) + text;
}

constexpr const char *kCities[] = {"'Lisbon'", "'Porto'",  "'Braga'", "'Faro'", "'Oslo'",
                                   "'Bergen'", "'Tromsø'", "NULL",    "NULL",   "'Gdańsk'"};
constexpr const char *kCategories[] = {"tea", "cups", "kettles", "books", "lamps", "paper", "ink", "chairs"};
constexpr const char *kStatus[] = {"paid", "paid", "paid", "paid", "sent", "sent", "returned", "open"};
constexpr const char *kKinds[] = {"visit",  "visit",  "visit",    "visit", "search",
                                  "search", "basket", "purchase", "refund"};

} // namespace

LargeData makeLargeData(std::size_t totalRows)
{
    LargeData data;
    Dice dice;
    const std::size_t customers = totalRows * 8 / 100, products = totalRows * 2 / 100, orders = totalRows * 60 / 100;
    const std::size_t events = totalRows - customers - products - orders;
    data.tables = R"(
CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, city text, joined date NOT NULL, invited_by int);
CREATE TABLE products (id int PRIMARY KEY, title text NOT NULL, category text NOT NULL, price numeric(10,2) NOT NULL);
CREATE TABLE orders (id int PRIMARY KEY, customer_id int NOT NULL REFERENCES customers (id),
    product_id int NOT NULL REFERENCES products (id), quantity int NOT NULL, amount numeric(10,2) NOT NULL,
    placed_at timestamp NOT NULL, status text NOT NULL, coupon text);
CREATE TABLE events (customer_id int, kind text, at timestamp, day date, worth numeric(8,2));
)";
    data.sqliteTables = R"(
CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT, city TEXT, joined TEXT, invited_by INT);
CREATE TABLE products (id INTEGER PRIMARY KEY, title TEXT, category TEXT, price REAL);
CREATE TABLE orders (id INTEGER PRIMARY KEY, customer_id INT, product_id INT, quantity INT, amount REAL,
    placed_at TEXT, status TEXT, coupon TEXT);
CREATE TABLE events (customer_id INT, kind TEXT, at TEXT, day TEXT, worth REAL);
)";
    data.indexes = "CREATE INDEX orders_customer ON orders (customer_id);\n"
                   "CREATE INDEX orders_product ON orders (product_id);\n";
    {
        Inserts rows(data.rows, "customers");
        for (std::size_t i = 1; i <= customers; ++i)
            rows.add("(%zu,'Customer %zu of %s',%s,'%s',%s)", i, (i * 7919) % customers, dice.pick(kCategories),
                     dice.pick(kCities), day(dice.below(600)).c_str(),
                     dice.below(3) == 0 ? "NULL" : std::to_string(dice.skewed(customers)).c_str());
    }
    {
        Inserts rows(data.rows, "products");
        for (std::size_t i = 1; i <= products; ++i)
            rows.add("(%zu,'%s no. %zu','%s',%u.%02u)", i, dice.pick(kCategories), i, dice.pick(kCategories),
                     unsigned(1 + dice.skewed(300)), unsigned(dice.below(100)));
    }
    {
        Inserts rows(data.rows, "orders");
        for (std::size_t i = 1; i <= orders; ++i)
            rows.add("(%zu,%u,%u,%u,%u.%02u,'%s','%s',%s)", i, unsigned(dice.skewed(customers)),
                     unsigned(1 + dice.below(products)), unsigned(dice.skewed(9)), unsigned(dice.skewed(2000)),
                     unsigned(dice.below(100)), moment(dice).c_str(), dice.pick(kStatus),
                     dice.below(4) != 0 ? "NULL" : ("'C" + std::to_string(dice.below(50)) + "'").c_str());
    }
    {
        Inserts rows(data.rows, "events");
        for (std::size_t i = 1; i <= events; ++i) {
            const std::string at = moment(dice);
            rows.add("(%s,'%s','%s','%s',%s)",
                     dice.below(50) == 0 ? "NULL" : std::to_string(dice.skewed(customers)).c_str(), dice.pick(kKinds),
                     at.c_str(), at.substr(0, 10).c_str(),
                     dice.below(3) == 0 ? "NULL" : (std::to_string(dice.below(500)) + ".25").c_str());
        }
    }
    return data;
}

} // namespace sqlgym::bench
