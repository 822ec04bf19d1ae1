#include "duel_options.h"

#include <cstdlib>
#include <map>
#include <string>

namespace sqlgym::parity {

std::optional<RunOptions> parseDuelOptions(int count, char **arguments, RunOptions usual)
{
    RunOptions options = usual;
    for (int i = 1; i < count; ++i) {
        const std::string name = arguments[i];
        const std::map<std::string, bool *> switches = {{"--show-declined", &options.duel.showDeclined},
                                                        {"--show-errors", &options.duel.showErrors},
                                                        {"--features", &options.duel.showFeatures},
                                                        {"--print", &options.duel.print},
                                                        {"--luck", &options.luck}};
        if (const auto known = switches.find(name); known != switches.end()) {
            *known->second = true;
            continue;
        }
        if (i + 1 >= count)
            return std::nullopt;
        const long long value = std::atoll(arguments[++i]);
        if (name == "--seed")
            options.seed = static_cast<std::uint64_t>(value);
        else if (name == "--first")
            options.first = static_cast<int>(value);
        else if (name == "--count")
            options.count = static_cast<int>(value);
        else if (name == "--seconds")
            options.seconds = static_cast<int>(value);
        else if (name == "--least-agreeing")
            options.duel.leastAgreeing = static_cast<int>(value);
        else
            return std::nullopt;
    }
    return options;
}

} // namespace sqlgym::parity
