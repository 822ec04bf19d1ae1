// Runs .sqltest files on an engine, or records PostgreSQL's answers in them.
//
//   run_parity [--engine postgres|embedded|exact] [--show-declined] FILE...     exits 1 when any answer is wrong
//   run_parity --record FILE...                                           writes the files anew
#include "compare.h"
#include "engines.h"
#include "parity_file.h"
#include "sandbox/confirm.h"

#include <algorithm>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <map>
#include <sstream>

using namespace sqlgym;
using namespace sqlgym::parity;

namespace {

struct Options {
    std::string engine = "postgres";
    bool record = false;
    bool showDeclined = false;
    std::vector<std::string> files;
};

struct Tally {
    int agree = 0, declined = 0, wrong = 0, broken = 0;
    int confirmed = 0, contradicted = 0; ///< by PostgreSQL, of what the embedded engine answered

    void count(Verdict verdict)
    {
        int *const counters[] = {&agree, &declined, &wrong, &broken};
        ++*counters[static_cast<int>(verdict)];
    }
    int total() const { return agree + declined + wrong + broken; }
};

/// As DateStyle ISO writes it.
std::string today()
{
    const std::time_t now = std::time(nullptr);
    std::ostringstream text;
    text << std::put_time(std::localtime(&now), "%F");
    return text.str();
}

bool mentions(const Answer &answer, const std::string &words)
{
    return std::any_of(answer.rows.begin(), answer.rows.end(), [&words](const std::vector<Cell> &row) {
        return std::any_of(row.begin(), row.end(),
                           [&words](const Cell &cell) { return cell && cell->find(words) != std::string::npos; });
    });
}

/// One file on one engine.
class Run {
public:
    /// `confirming`: who is asked whether the engine is right, as exact mode does; nullptr = nobody.
    Run(sandbox::Sandbox &engine, sandbox::Sandbox *confirming, const Options &options, std::string name)
        : m_engine(engine), m_confirming(confirming), m_options(options), m_name(std::move(name))
    {
    }

    bool setup(const std::string &sql)
    {
        m_loaded = m_engine.load(m_name, sql);
        if (m_confirming)
            m_confirmingLoaded = m_confirming->load(m_name, sql);
        if (m_loaded.status == sandbox::Status::Ok || m_loaded.status == sandbox::Status::Unsupported)
            return true;
        std::cout << m_name << ": the set-up fails: " << summary(m_loaded) << '\n';
        return false;
    }

    void record(Case &test)
    {
        const auto outcome = ask(test);
        test.recorded = answerOf(outcome);
        if (!test.recorded)
            std::cout << m_name << ':' << test.line << ": PostgreSQL gives no answer: " << summary(outcome) << '\n';
        else if (mentions(*test.recorded, today()))
            std::cout << m_name << ':' << test.line << ": the answer has today's date, tomorrow's will not\n";
        else
            return tally.count(Verdict::Agree);
        tally.count(Verdict::Broken);
    }

    void check(const Case &test)
    {
        if (!test.recorded) {
            std::cout << m_name << ':' << test.line << ": not recorded yet\n";
            tally.count(Verdict::Broken);
            return;
        }
        const bool unloaded = m_loaded.status == sandbox::Status::Unsupported;
        const auto outcome = unloaded ? m_loaded : ask(test);
        const auto found = unloaded ? Comparison{Verdict::Declined, "set-up: " + m_loaded.feature}
                                    : compare(*test.recorded, outcome, test.ordered);
        if (m_confirming && !unloaded)
            confirm(test, outcome);
        tally.count(found.verdict);
        if (found.verdict == Verdict::Declined)
            ++declined[found.difference];
        if (found.verdict == Verdict::Wrong || found.verdict == Verdict::Broken ||
            (m_options.showDeclined && found.verdict == Verdict::Declined))
            std::cout << m_name << ':' << test.line << ": " << found.difference << "\n    " << test.sql << '\n';
    }

    Tally tally;
    std::map<std::string, int> declined;

private:
    sandbox::Outcome ask(const Case &test) { return ask(m_engine, test); }
    sandbox::Outcome ask(sandbox::Sandbox &engine, const Case &test) const
    {
        base::CancelToken cancel;
        return engine.run({.dataset = m_name, .query = test.sql}, cancel);
    }

    void confirm(const Case &test, const sandbox::Outcome &outcome)
    {
        if (m_confirmingLoaded.status != sandbox::Status::Ok)
            return;
        const auto rows = test.ordered ? sandbox::RowComparison::Sequence : sandbox::RowComparison::Bag;
        const auto confirmation = sandbox::confirm(outcome, ask(*m_confirming, test), rows);
        tally.confirmed += confirmation.agreement == sandbox::Agreement::Same ? 1 : 0;
        if (confirmation.agreement != sandbox::Agreement::Differs)
            return;
        ++tally.contradicted;
        std::cout << m_name << ':' << test.line << ": not confirmed: " << confirmation.sentence << '\n';
    }

    sandbox::Sandbox &m_engine;
    sandbox::Sandbox *m_confirming;
    sandbox::Outcome m_confirmingLoaded;
    const Options &m_options;
    std::string m_name;
    sandbox::Outcome m_loaded;
};

std::optional<Options> parseOptions(int count, char **arguments)
{
    Options options;
    for (int i = 1; i < count; ++i) {
        const std::string argument = arguments[i];
        if (argument == "--record")
            options.record = true;
        else if (argument == "--show-declined")
            options.showDeclined = true;
        else if (argument == "--engine" && i + 1 < count)
            options.engine = arguments[++i];
        else if (argument.rfind("--", 0) == 0)
            return std::nullopt;
        else
            options.files.push_back(argument);
    }
    if (options.files.empty() || (options.record && options.engine != "postgres"))
        return std::nullopt;
    return options;
}

/// False when the file cannot be read, its set-up fails, or it cannot be written.
bool runFile(sandbox::Sandbox &engine, sandbox::Sandbox *confirming, const Options &options, const std::string &path,
             Tally &all, std::map<std::string, int> &declined)
{
    std::ifstream in(path);
    std::stringstream text;
    text << in.rdbuf();
    auto file = parseParityFile(text.str());
    if (!in || !file) {
        std::cout << path << ": " << (file ? "cannot be read" : file.error().message) << '\n';
        return false;
    }
    Run run(engine, confirming, options, std::filesystem::path(path).filename().string());
    if (!run.setup(""))
        return false;
    for (auto &block : file->blocks) {
        if (block.kind == Block::Kind::Setup && !run.setup(block.text))
            return false;
        if (block.kind == Block::Kind::Case)
            options.record ? run.record(block.test) : run.check(block.test);
    }
    const Tally &tally = run.tally;
    std::cout << path << ": " << tally.total() << " cases, " << tally.agree << " agree, " << tally.declined
              << " declined, " << tally.wrong << " wrong, " << tally.broken << " broken\n";
    all.agree += tally.agree;
    all.declined += tally.declined;
    all.wrong += tally.wrong;
    all.broken += tally.broken;
    all.confirmed += tally.confirmed;
    all.contradicted += tally.contradicted;
    for (const auto &[feature, times] : run.declined)
        declined[feature] += times;
    if (!options.record)
        return true;
    std::ofstream out(path);
    out << writeParityFile(*file);
    return static_cast<bool>(out.flush());
}

} // namespace

int main(int count, char **arguments)
{
    const auto options = parseOptions(count, arguments);
    if (!options) {
        std::cerr << "usage: run_parity [--engine postgres|embedded|exact] [--show-declined] FILE...\n"
                     "       run_parity --record FILE...\n";
        return 2;
    }
    const ScratchFolder scratch;
    // Exact mode is the embedded engine, and PostgreSQL to confirm it.
    const bool exact = options->engine == "exact";
    const std::string cluster = scratch.path() + "/cluster";
    const auto engine = makeEngine(exact ? "embedded" : options->engine, cluster);
    const auto confirming = exact ? makeEngine("postgres", cluster) : nullptr;
    if (!engine) {
        std::cerr << "run_parity: no engine is called " << options->engine << '\n';
        return 2;
    }
    Tally all;
    std::map<std::string, int> declined;
    bool whole = true;
    for (const auto &path : options->files)
        whole = runFile(*engine, confirming.get(), *options, path, all, declined) && whole;
    std::cout << options->engine << ": " << all.total() << " cases, " << all.agree << " agree, " << all.declined
              << " declined, " << all.wrong << " wrong, " << all.broken << " broken\n";
    if (exact)
        std::cout << "  PostgreSQL confirms " << all.confirmed << " and contradicts " << all.contradicted << '\n';
    for (const auto &[feature, times] : declined)
        std::cout << "  declined " << times << " times: " << feature << '\n';
    // PostgreSQL is the oracle: it declines nothing here.
    const bool oracleDeclines = options->engine == "postgres" && all.declined > 0;
    return whole && all.contradicted == 0 && all.wrong == 0 && all.broken == 0 && !oracleDeclines ? 0 : 1;
}
