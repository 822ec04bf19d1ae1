#include "server/migrations.h"

#include "server/server_sql.inc"

namespace sqlgym::server {

const std::vector<Migration> &migrations()
{
    static const std::vector<Migration> all = [] {
        std::vector<Migration> made;
        for (const auto &[name, sql] : embedded::kMigrations)
            made.push_back({static_cast<int>(made.size()) + 1, name, sql});
        return made;
    }();
    return all;
}

std::vector<ClusterPart> clusterParts()
{
    constexpr std::string_view kEnd = "\n--;;\n";
    std::vector<ClusterPart> parts;
    std::string_view rest = embedded::kCluster;
    // What stands before the first empty line speaks of the file.
    rest.remove_prefix(rest.find("\n\n") + 2);
    while (!rest.empty()) {
        const std::string_view part = rest.substr(0, rest.find(kEnd));
        rest.remove_prefix(part.size() == rest.size() ? part.size() : part.size() + kEnd.size());
        const std::size_t line = part.find('\n');
        parts.push_back({part.substr(3, line - 3), part.substr(line + 1)});
    }
    return parts;
}

std::string_view lintSql() { return embedded::kLint; }

} // namespace sqlgym::server
