// Generated queries on two engines: PostgreSQL says what is right, the embedded engine may decline but never differ.
//
//   run_generated [--seed N] [--count N] [--seconds N] [--least-agreeing PERCENT] [--show-declined] [--show-errors]
//
// Prints each difference as a case for a .sqltest file, made small. Exits 1 when there is any.
#include "compare.h"
#include "engines.h"
#include "query_generator.h"

#include <cctype>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <map>
#include <set>

using namespace sqlgym;
using namespace sqlgym::parity;

namespace {

struct Options {
    std::uint64_t seed = 1;
    int count = 2000;
    int seconds = 60;
    int leastAgreeing = 0;
    bool showDeclined = false;
    bool showErrors = false;
};

constexpr int kShrinkTries = 400;
constexpr int kMostShown = 20;
constexpr std::size_t kKindLength = 60;

/// The beginning of a difference, without numbers and before it names anything.
std::string kindOf(const std::string &difference)
{
    std::string kind;
    for (const char c : difference.substr(0, difference.find(": expected")).substr(0, kKindLength)) {
        if (std::isdigit(static_cast<unsigned char>(c)) == 0)
            kind += c;
    }
    return kind;
}

class Duel {
public:
    explicit Duel(const Options &options)
        : m_options(options), m_oracle(makeEngine("postgres", m_scratch.path() + "/cluster")),
          m_engine(makeEngine("embedded", ""))
    {
    }

    bool load(const Playground &playground)
    {
        const auto oracle = m_oracle->load(playground.name, playground.setup);
        const auto engine = m_engine->load(playground.name, playground.setup);
        if (oracle.status != sandbox::Status::Ok)
            std::cout << "PostgreSQL: " << summary(oracle) << '\n';
        if (engine.status != sandbox::Status::Ok)
            std::cout << playground.name << ": " << summary(engine) << '\n';
        return oracle.status == sandbox::Status::Ok && engine.status != sandbox::Status::Error &&
               engine.status != sandbox::Status::Failed;
    }

    void run(const Playground &playground, const QueryNode::Ptr &query)
    {
        const auto found = judge(playground, *query);
        ++m_verdicts[found.verdict];
        if (found.verdict == Verdict::Declined)
            ++m_declined[found.difference];
        if (found.verdict == Verdict::Agree && !found.difference.empty()) {
            ++m_errors;
            if (m_options.showErrors)
                std::cout << found.difference << "\n    " << query->text() << '\n';
        }
        if (found.verdict == Verdict::Declined && m_options.showDeclined)
            std::cout << "declined: " << found.difference << "\n    " << query->text() << '\n';
        if (found.verdict == Verdict::Wrong || found.verdict == Verdict::Broken)
            report(playground, query, found);
    }

    int finish() const
    {
        const auto of = [this](Verdict verdict) {
            const auto counted = m_verdicts.find(verdict);
            return counted == m_verdicts.end() ? 0 : counted->second;
        };
        const int total = of(Verdict::Agree) + of(Verdict::Declined) + of(Verdict::Wrong) + of(Verdict::Broken);
        std::cout << total << " generated queries, " << of(Verdict::Agree) << " agree (" << m_errors
                  << " of them errors), " << of(Verdict::Declined) << " declined, " << of(Verdict::Wrong) << " wrong, "
                  << of(Verdict::Broken) << " broken\n";
        for (const auto &[feature, times] : m_declined)
            std::cout << "  declined " << times << " times: " << feature << '\n';
        const bool enough = of(Verdict::Agree) * 100 >= m_options.leastAgreeing * total;
        if (!enough)
            std::cout << "fewer than " << m_options.leastAgreeing << " % agree: this proves too little\n";
        return of(Verdict::Wrong) == 0 && of(Verdict::Broken) == 0 && enough ? 0 : 1;
    }

private:
    Comparison judge(const Playground &playground, const QueryNode &query)
    {
        base::CancelToken cancel;
        const sandbox::Request request{.dataset = playground.name, .query = query.text(), .timeoutMs = 5000};
        const auto engine = m_engine->run(request, cancel);
        if (engine.status == sandbox::Status::Unsupported)
            return {Verdict::Declined, engine.feature};
        const auto expected = answerOf(m_oracle->run(request, cancel));
        if (!expected)
            return {Verdict::Declined, "PostgreSQL gives no answer"};
        auto found = compare(*expected, engine, query.ordered);
        if (found.verdict == Verdict::Agree && expected->isError)
            found.difference = expected->error.sqlstate + " " + expected->error.message;
        return found;
    }

    void report(const Playground &playground, const QueryNode::Ptr &query, const Comparison &found)
    {
        if (m_shown >= kMostShown)
            return;
        const auto small = shrink(
            query, [&](const QueryNode &candidate) { return judge(playground, candidate).verdict == found.verdict; },
            kShrinkTries);
        const std::string text = small->text();
        // Two of a kind tell enough.
        const std::string kind = kindOf(judge(playground, *small).difference);
        if (!m_seen.insert(text).second || ++m_kinds[kind] > 2)
            return;
        ++m_shown;
        std::cout << "\n# dataset " << playground.name << ": " << judge(playground, *small).difference << "\nquery"
                  << (small->ordered ? " ordered\n" : "\n") << text << '\n';
    }

    const Options &m_options;
    ScratchFolder m_scratch;
    std::unique_ptr<sandbox::Sandbox> m_oracle;
    std::unique_ptr<sandbox::Sandbox> m_engine;
    std::map<Verdict, int> m_verdicts;
    std::map<std::string, int> m_declined;
    std::set<std::string> m_seen;
    std::map<std::string, int> m_kinds;
    int m_errors = 0;
    int m_shown = 0;
};

bool parseOptions(int count, char **arguments, Options &options)
{
    for (int i = 1; i < count; ++i) {
        const std::string name = arguments[i];
        if (name == "--show-declined" || name == "--show-errors") {
            (name == "--show-errors" ? options.showErrors : options.showDeclined) = true;
            continue;
        }
        if (i + 1 >= count)
            return false;
        const long long value = std::atoll(arguments[++i]);
        if (name == "--seed")
            options.seed = static_cast<std::uint64_t>(value);
        else if (name == "--count")
            options.count = static_cast<int>(value);
        else if (name == "--seconds")
            options.seconds = static_cast<int>(value);
        else if (name == "--least-agreeing")
            options.leastAgreeing = static_cast<int>(value);
        else
            return false;
    }
    return true;
}

} // namespace

int main(int count, char **arguments)
{
    Options options;
    if (!parseOptions(count, arguments, options)) {
        std::cerr << "usage: run_generated [--seed N] [--count N] [--seconds N] [--least-agreeing PERCENT]"
                     " [--show-declined] [--show-errors]\n";
        return 2;
    }
    const auto places = playgrounds();
    Duel duel(options);
    for (const auto &playground : places) {
        if (!duel.load(playground))
            return 1;
    }
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(options.seconds);
    for (int i = 0; i < options.count && std::chrono::steady_clock::now() < until; ++i) {
        const Playground &playground = places[static_cast<std::size_t>(i) % places.size()];
        QueryGenerator generator(playground, options.seed * 1'000'003 + static_cast<std::uint64_t>(i));
        duel.run(playground, generator.query());
    }
    return duel.finish();
}
