// Writes the help page about the dialect: what the engine supports and what it declines, from the engine's own tables.
//
//   write_dialect FILE            writes it
//   write_dialect --check FILE    exits 1 when it is not what the engine says
#include "sandbox_embedded/embedded_sandbox.h"
#include "sections.h"

#include <fstream>
#include <iostream>
#include <sstream>

using namespace sqlgym;
using namespace sqlgym::dialect;

namespace {

constexpr char kIntroduction[] = R"(# What the engine speaks

Queries run in an engine inside the program. It gives PostgreSQL 15's answer, to the letter, or it *declines* and says
what it declined; it never guesses. Where PostgreSQL is installed, exact mode runs there what is declined here.

This page is made by asking the engine. A name that stands in no list is no part of PostgreSQL 15, or is meant for
servers and their administrators.

)";

std::string page(sandbox::Sandbox &engine)
{
    return kIntroduction + syntaxSections(engine) + "\n" + typesSection() + "\n" + operatorsSection() + "\n" +
           functionsSection() + "\n" + aggregatesSection(engine);
}

} // namespace

int main(int count, char **arguments)
{
    const bool check = count == 3 && std::string(arguments[1]) == "--check";
    if (count != 2 && !check) {
        std::cerr << "usage: write_dialect [--check] FILE\n";
        return 2;
    }
    const auto engine = sandbox_embedded::makeEmbeddedSandbox();
    if (engine->load(kSampleDataset, kSampleSetup).status != sandbox::Status::Ok) {
        std::cerr << "the engine declines the sample data\n";
        return 1;
    }
    const std::string text = page(*engine);
    if (!check) {
        std::ofstream out(arguments[1]);
        out << text;
        return out.flush() ? 0 : 1;
    }
    std::ifstream in(arguments[2]);
    std::stringstream there;
    there << in.rdbuf();
    if (there.str() == text)
        return 0;
    std::istringstream now(text);
    for (std::string ours, theirs; std::getline(now, ours);) {
        if (std::getline(there, theirs) && ours == theirs)
            continue;
        std::cout << "the page says:   " << theirs << "\nthe engine says: " << ours << '\n';
        break;
    }
    std::cout << "Write it anew: " << arguments[0] << ' ' << arguments[2] << '\n';
    return 1;
}
