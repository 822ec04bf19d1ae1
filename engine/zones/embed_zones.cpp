// Runs while building: writes the system's zone files as constants. Usage: embed_zones FOLDER OUTPUT.
//
// Of each file the 64-bit block is kept (RFC 8536, version 2 and later), once for all names that share it. Left out:
// zones with leap seconds, which PostgreSQL does not take, and "localtime", which differs from host to host.
#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

namespace {

constexpr std::size_t kHeader = 44;

std::uint32_t word(const std::string &data, std::size_t at)
{
    std::uint32_t v = 0;
    for (std::size_t i = 0; i < 4; ++i)
        v = v << 8 | static_cast<unsigned char>(data[at + i]);
    return v;
}

/// Empty when `data` is no such file.
std::string newerBlock(const std::string &data)
{
    if (data.size() < kHeader || data.compare(0, 4, "TZif") != 0 || data[4] < '2')
        return {};
    const std::size_t standard = word(data, 24), leap = word(data, 28), times = word(data, 32), types = word(data, 36),
                      letters = word(data, 40), universal = word(data, 20);
    const std::size_t skipped = kHeader + times * 5 + types * 6 + letters + leap * 8 + standard + universal;
    if (data.size() < skipped + kHeader || data.compare(skipped, 4, "TZif") != 0 || word(data, skipped + 28) != 0)
        return {};
    return data.substr(skipped);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    namespace fs = std::filesystem;
    std::map<std::string, std::string> names; // in lower case -> as spelt
    std::map<std::string, std::string> blocks;
    std::error_code failed;
    const fs::path root(argv[1]);
    for (auto at = fs::recursive_directory_iterator(root, failed); !failed && at != fs::recursive_directory_iterator();
         at.increment(failed)) {
        const std::string name = at->path().lexically_relative(root).string();
        std::ifstream file(at->path(), std::ios::binary);
        if (name == "localtime" || !fs::is_regular_file(at->path(), failed) || !file)
            continue;
        const std::string block = newerBlock({std::istreambuf_iterator<char>(file), {}});
        if (block.empty())
            continue;
        std::string lower = name;
        std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
        names[lower] = name;
        blocks[lower] = block;
    }
    std::ofstream out(argv[2], std::ios::binary);
    std::map<std::string, std::size_t> offsets;
    std::string all;
    out << "constexpr NamedZone kNames[] = {\n";
    for (const auto &[lower, name] : names) {
        const std::string &block = blocks[lower];
        const auto [found, isNew] = offsets.try_emplace(block, all.size());
        if (isNew)
            all += block;
        out << "    {\"" << lower << "\", \"" << name << "\", " << found->second << ", " << block.size() << "},\n";
    }
    out << "    {}};\nconstexpr std::uint64_t kWords[] = {";
    all.resize(all.size() / 8 * 8 + 8);
    for (std::size_t i = 0; i < all.size(); i += 8) {
        std::uint64_t bytes = 0;
        std::memcpy(&bytes, all.data() + i, 8);
        out << (i % 64 ? "" : "\n") << bytes << "u,";
    }
    out << "};\n";
    return out.flush() ? 0 : 1;
}
