// The same targets without libFuzzer: a bounded number of inputs, alike at every run.
//
//   random_inputs TARGET COUNT SEEDS...            SEEDS: files with a seed a line ("--" begins a comment)
//   random_inputs TARGET only:NUMBER SEEDS...      that input alone, to look into what went wrong
//   random_inputs TARGET write:FOLDER SEEDS...     the seeds, a file each, for libFuzzer; its dictionary in FOLDER.dict
#include "targets.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <span>

#include <unistd.h>

namespace {

using namespace sqlgym::fuzz;

std::string current;
char note[64];

void sayWhich(int signal)
{
    // Only what a signal handler may do.
    [[maybe_unused]] auto written = write(2, note, std::char_traits<char>::length(note));
    written = write(2, current.data(), std::min<std::size_t>(current.size(), 4096));
    written = write(2, "\n", 1);
    std::signal(signal, SIG_DFL);
    std::raise(signal);
}

std::vector<std::string> readSeeds(const Target &target, std::span<char *const> paths)
{
    std::vector<std::string> seeds = target.seeds;
    for (const char *path : paths) {
        std::ifstream file(path);
        for (std::string line; std::getline(file, line);)
            if (!line.empty() && line.compare(0, 2, "--") != 0)
                seeds.push_back(line);
    }
    return seeds;
}

void writeSeeds(const std::vector<std::string> &seeds, const std::filesystem::path &folder)
{
    std::filesystem::create_directories(folder);
    for (std::size_t i = 0; i < seeds.size(); ++i)
        std::ofstream(folder / std::to_string(i), std::ios::binary) << seeds[i];
}

/// A word a line, in quotes; bytes that are no plain letters as \xAB.
void writeWords(const std::vector<std::string> &words, const std::string &path)
{
    std::ofstream file(path, std::ios::binary);
    for (const auto &word : words) {
        file << '"';
        for (const char c : word) {
            char escaped[8];
            const bool plain = c >= ' ' && c <= '~' && c != '"' && c != '\\';
            std::snprintf(escaped, sizeof escaped, plain ? "%c" : "\\x%02X", static_cast<unsigned char>(c));
            file << escaped;
        }
        file << "\"\n";
    }
}

class Mutator {
public:
    Mutator(const Target &target, const std::vector<std::string> &seeds) : m_target(target), m_seeds(seeds) {}

    /// Input `number`, whatever came before it.
    std::string input(unsigned number)
    {
        m_random.seed(number);
        std::string text = m_seeds[below(m_seeds.size())];
        for (std::size_t i = below(6); i > 0; --i)
            mutate(text);
        return text;
    }

private:
    std::size_t below(std::size_t n) { return n == 0 ? 0 : m_random() % n; }

    void mutate(std::string &text)
    {
        const std::size_t at = below(text.size() + 1), length = below(std::min<std::size_t>(text.size() - at, 24) + 1);
        switch (below(6)) {
        case 0: // a byte
            if (at < text.size())
                text[at] = static_cast<char>(m_random());
            break;
        case 1: // a word
            text.insert(at, m_target.words[below(m_target.words.size())]);
            break;
        case 2: // a gap
            text.erase(at, length);
            break;
        case 3: // again and again
        {
            const std::string piece = text.substr(at, length);
            for (std::size_t i = below(40); i > 0; --i)
                text.insert(at, piece);
            break;
        }
        case 4: // a word in place of something
            text.replace(at, length, m_target.words[below(m_target.words.size())]);
            break;
        default: { // a piece of another seed
            const std::string &other = m_seeds[below(m_seeds.size())];
            const std::size_t from = below(other.size() + 1);
            text.insert(at, other.substr(from, below(40)));
        }
        }
    }

    const Target &m_target;
    const std::vector<std::string> &m_seeds;
    std::mt19937 m_random;
};

} // namespace

int main(int count, char **arguments)
{
    const std::string_view name = count >= 4 ? arguments[1] : "", what = count >= 4 ? arguments[2] : "";
    const auto found = std::ranges::find(targets(), name, &Target::name);
    if (found == targets().end()) {
        std::fputs("usage: random_inputs sql|types|frames|json COUNT|only:NUMBER|write:FOLDER SEEDS...\n", stderr);
        return 2;
    }
    const auto seeds = readSeeds(*found, {arguments + 3, static_cast<std::size_t>(count - 3)});
    if (seeds.empty()) {
        std::fputs("there is no seed\n", stderr);
        return 2;
    }
    if (what.starts_with("write:")) {
        writeSeeds(seeds, what.substr(6));
        writeWords(found->words, std::string(what.substr(6)) + ".dict");
        return 0;
    }
    for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGBUS})
        std::signal(signal, sayWhich);
    Mutator mutator(*found, seeds);
    const bool one = what.starts_with("only:");
    const auto number = static_cast<unsigned>(std::atoi(arguments[2] + (one ? 5 : 0)));
    for (unsigned i = one ? number : 0; i < number + one; ++i) {
        current = mutator.input(i);
        std::snprintf(note, sizeof note, "input %u:\n", i);
        found->tryOne(current);
    }
    return 0;
}
