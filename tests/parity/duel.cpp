#include "duel.h"

#include <cctype>
#include <iostream>

namespace sqlgym::parity {

namespace {

constexpr int kShrinkTries = 400;
constexpr int kMostShown = 60;
constexpr std::size_t kKindLength = 40;

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

/// Both raise the same error at run time (it has no position), maybe in other words.
bool isRunTime(const Answer &expected, const sandbox::Outcome &outcome)
{
    return expected.isError && outcome.status == sandbox::Status::Error &&
           expected.error.sqlstate == outcome.diagnostic.sqlstate && expected.error.position == 0 &&
           outcome.diagnostic.position == 0 && expected.error.sqlstate.starts_with("22");
}

} // namespace

Duel::Duel(std::unique_ptr<sandbox::Sandbox> oracle, std::unique_ptr<sandbox::Sandbox> engine, DuelOptions options)
    : m_oracle(std::move(oracle)), m_engine(std::move(engine)), m_options(options)
{
}

void Duel::addWay(std::string name, std::unique_ptr<sandbox::Sandbox> way)
{
    m_ways.push_back({std::move(name), std::move(way)});
}

bool Duel::load(const std::string &dataset, const std::string &setup)
{
    const auto oracle = m_oracle->load(dataset, setup);
    const auto engine = m_engine->load(dataset, setup);
    if (oracle.status != sandbox::Status::Ok)
        std::cout << "PostgreSQL: " << summary(oracle) << '\n';
    if (engine.status != sandbox::Status::Ok)
        std::cout << dataset << ": " << summary(engine) << '\n';
    for (const Way &way : m_ways) {
        const auto loaded = way.sandbox->load(dataset, setup);
        if (loaded.status != sandbox::Status::Ok) {
            std::cout << "PostgreSQL, " << way.name << ": " << summary(loaded) << '\n';
            return false;
        }
    }
    return oracle.status == sandbox::Status::Ok && engine.status != sandbox::Status::Error &&
           engine.status != sandbox::Status::Failed;
}

void Duel::run(const std::string &dataset, const QueryNode::Ptr &query, const std::set<std::string> &features)
{
    if (m_options.print)
        std::cout << dataset << ": " << query->text() << std::endl;
    const Judgement judgement = judge(dataset, *query);
    const Comparison &found = judgement.found;
    const bool bad = found.verdict == Verdict::Wrong || found.verdict == Verdict::Broken;
    ++m_comparisons;
    ++m_verdicts[found.verdict];
    m_confirmed += judgement.confirmation == sandbox::Agreement::Same;
    m_contradicted += judgement.confirmation == sandbox::Agreement::Differs;
    m_marked += judgement.marked ? 1 : 0;
    m_chance += judgement.chance ? 1 : 0;
    m_reworded += judgement.reworded ? 1 : 0;
    for (const auto &feature : features) {
        Count &count = m_features[feature];
        ++count.all;
        count.declined += found.verdict == Verdict::Declined ? 1 : 0;
        count.wrong += bad ? 1 : 0;
    }
    if (found.verdict == Verdict::Declined)
        ++m_declined[found.difference.substr(0, found.difference.find('"'))]; // without what it was about
    if (found.verdict == Verdict::Agree && !found.difference.empty()) {
        ++m_errors;
        if (m_options.showErrors)
            std::cout << found.difference << "\n    " << query->text() << '\n';
    }
    if (found.verdict == Verdict::Declined && m_options.showDeclined)
        std::cout << "declined: " << found.difference << "\n    " << query->text() << '\n';
    if (bad)
        report(dataset, query, found);
}

int Duel::of(Verdict verdict) const
{
    const auto counted = m_verdicts.find(verdict);
    return counted == m_verdicts.end() ? 0 : counted->second;
}

int Duel::finish(const std::string &what) const
{
    std::cout << m_comparisons << ' ' << what << ", " << of(Verdict::Agree) << " agree (" << m_errors
              << " of them errors), " << of(Verdict::Declined) << " declined, " << of(Verdict::Wrong) << " wrong, "
              << of(Verdict::Broken) << " broken; PostgreSQL confirms " << m_confirmed << " and contradicts "
              << m_contradicted << '\n';
    for (const auto &[feature, times] : m_declined)
        std::cout << "  declined " << times << " times: " << feature << '\n';
    if (m_reworded > 0)
        std::cout << "  in " << m_reworded << " errors another of several bad values is named\n";
    if (!m_ways.empty())
        std::cout << "  " << m_marked << " agree and are marked as left to chance; PostgreSQL's answers differ in "
                  << m_chance << " of them\n";
    if (m_options.showFeatures) {
        for (const auto &[feature, count] : m_features)
            std::cout << "  with " << feature << ": " << count.all << ", " << count.declined << " declined, "
                      << count.wrong << " wrong\n";
    }
    const bool enough = of(Verdict::Agree) * 100 >= m_options.leastAgreeing * m_comparisons;
    if (!enough)
        std::cout << "fewer than " << m_options.leastAgreeing << " % agree: this proves too little\n";
    return of(Verdict::Wrong) == 0 && of(Verdict::Broken) == 0 && m_contradicted == 0 && enough ? 0 : 1;
}

Duel::Judgement Duel::judge(const std::string &dataset, const QueryNode &query)
{
    base::CancelToken cancel;
    const sandbox::Request request{.dataset = dataset, .query = query.text(), .timeoutMs = 5000};
    const auto engine = m_engine->run(request, cancel);
    if (engine.status == sandbox::Status::Unsupported)
        return {{Verdict::Declined, engine.feature}};
    const auto oracle = m_oracle->run(request, cancel);
    const auto expected = answerOf(oracle);
    if (!expected)
        return {{Verdict::Declined, "PostgreSQL gives no answer"}};
    if (engine.status == sandbox::Status::MemoryLimit && expected->isError)
        return {{Verdict::Declined, "more memory than there is"}};
    Judgement judgement{compare(*expected, engine, query.ordered)};
    Comparison &found = judgement.found;
    // Which of several bad values an error names hangs on the order of rows; what kind of error it is counts.
    if (found.verdict == Verdict::Wrong && !m_options.wordForWord && isRunTime(*expected, engine)) {
        found = {Verdict::Agree, {}};
        judgement.reworded = true;
    }
    if (found.verdict == Verdict::Agree && engine.status == sandbox::Status::Ok)
        judgement.marked = engine.dependsOnOrder;
    if (found.verdict == Verdict::Agree)
        askOtherWays(request, query.ordered, engine, *expected, judgement);
    if (found.verdict == Verdict::Agree && expected->isError)
        found.difference = expected->error.sqlstate + " " + expected->error.message;
    const auto rows = query.ordered ? sandbox::RowComparison::Sequence : sandbox::RowComparison::Bag;
    judgement.confirmation = sandbox::confirm(engine, oracle, rows).agreement;
    return judgement;
}

void Duel::askOtherWays(const sandbox::Request &request, bool ordered, const sandbox::Outcome &engine,
                        const Answer &usual, Judgement &judgement)
{
    for (const Way &way : m_ways) {
        base::CancelToken cancel;
        const auto other = answerOf(way.sandbox->run(request, cancel));
        if (!other || (usual.isError && other->isError && usual.error.sqlstate == other->error.sqlstate))
            continue;
        const auto found = compare(*other, engine, ordered);
        if (found.verdict == Verdict::Agree)
            continue;
        if (engine.dependsOnOrder) {
            judgement.chance = true;
            return;
        }
        judgement.found = {Verdict::Wrong, "unmarked luck (" + way.name + "): " + found.difference};
        return;
    }
}

void Duel::report(const std::string &dataset, const QueryNode::Ptr &query, const Comparison &found)
{
    if (m_shown >= kMostShown)
        return;
    const auto small = shrink(
        query, [&](const QueryNode &candidate) { return judge(dataset, candidate).found.verdict == found.verdict; },
        kShrinkTries);
    const std::string text = small->text();
    const std::string difference = judge(dataset, *small).found.difference;
    // Two of a kind tell enough.
    if (!m_seen.insert(text).second || ++m_kinds[kindOf(difference) + kindOf(text)] > 2)
        return;
    ++m_shown;
    std::cout << "\n# dataset " << (dataset.empty() ? "none" : dataset) << ": " << difference << "\nquery"
              << (small->ordered ? " ordered\n" : "\n") << text << '\n'
              << std::flush;
}

} // namespace sqlgym::parity
