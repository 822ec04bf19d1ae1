#include "content/pack_files.h"

#include "base/text_position.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

namespace sqlgym::content {

namespace fs = std::filesystem;

namespace {

bool isHidden(const std::string &name) { return name.starts_with('.'); }

} // namespace

std::optional<std::string> PackFiles::text(const std::string &file)
{
    std::error_code failed;
    const fs::path path = m_root / file;
    const fs::file_status status = fs::symlink_status(path, failed);
    if (status.type() == fs::file_type::not_found) {
        fault(file, "", "is missing");
        return std::nullopt;
    }
    if (status.type() != fs::file_type::regular) {
        fault(file, "", "is not a plain file");
        return std::nullopt;
    }
    if (fs::file_size(path, failed) > kLargestFile) {
        fault(file, "", "is larger than " + std::to_string(kLargestFile >> 20) + " MB");
        return std::nullopt;
    }
    std::ifstream in(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (!in.is_open() || in.bad()) {
        fault(file, "", "cannot be read");
        return std::nullopt;
    }
    if (!base::isValidUtf8(text) || text.find('\0') != std::string::npos) {
        fault(file, "", "is not text in UTF-8");
        return std::nullopt;
    }
    return text;
}

std::string PackFiles::prose(const std::string &file)
{
    std::optional<std::string> read = text(file);
    if (!read)
        return {};
    const std::size_t last = read->find_last_not_of(" \t\r\n");
    read->erase(last == std::string::npos ? 0 : last + 1);
    if (read->empty())
        fault(file, "", "is empty");
    return *read;
}

std::optional<Json> PackFiles::json(const std::string &file, const std::string &schema)
{
    const std::optional<std::string> read = text(file);
    if (!read)
        return std::nullopt;
    std::vector<Fault> faults;
    Json parsed = parseStrictly(*read, faults);
    if (faults.empty())
        faults = m_check.faults(schema, parsed);
    for (const Fault &found : faults)
        fault(file, found.path, found.what);
    if (!faults.empty())
        return std::nullopt;
    return parsed;
}

std::vector<std::string> PackFiles::entries(const std::string &folder, fs::file_type type)
{
    std::vector<std::string> names;
    std::error_code failed;
    for (fs::directory_iterator at(m_root / folder, failed), end; !failed && at != end; at.increment(failed)) {
        std::error_code unknown;
        if (at->symlink_status(unknown).type() == type && !isHidden(at->path().filename().string()))
            names.push_back(at->path().filename().string());
    }
    std::ranges::sort(names);
    return names;
}

std::vector<std::string> PackFiles::folders(const std::string &folder)
{
    std::error_code failed;
    if (!fs::is_directory(m_root / folder, failed))
        fault(folder, "", "is missing");
    return subfolders(folder);
}

std::vector<std::string> PackFiles::subfolders(const std::string &folder)
{
    return entries(folder, fs::file_type::directory);
}

std::vector<std::string> PackFiles::files(const std::string &folder, std::string_view suffix)
{
    std::vector<std::string> names = entries(folder, fs::file_type::regular);
    std::erase_if(names, [&](const std::string &name) { return !name.ends_with(suffix); });
    return names;
}

void PackFiles::allowOnly(const std::string &folder, const std::vector<std::string> &names)
{
    std::error_code failed;
    std::vector<std::string> strangers;
    for (fs::directory_iterator at(m_root / folder, failed), end; !failed && at != end; at.increment(failed)) {
        const std::string name = at->path().filename().string();
        if (!isHidden(name) && std::ranges::find(names, name) == names.end())
            strangers.push_back(name);
    }
    std::ranges::sort(strangers);
    for (const std::string &name : strangers)
        fault(inFolder(folder, name), "", "is not part of a pack");
}

void PackFiles::fault(const std::string &file, const std::string &path, const std::string &what)
{
    m_faults.push_back(file + ": " + faultLine({path, what}));
}

std::string PackFiles::faultText() const
{
    std::string text;
    for (const std::string &line : m_faults)
        text += (text.empty() ? "" : "\n") + line;
    return text;
}

std::string inFolder(const std::string &folder, const std::string &name)
{
    return folder.empty() ? name : folder + "/" + name;
}

bool isSlug(std::string_view text)
{
    const auto inside = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !text.empty() && text.size() <= 80 && std::ranges::all_of(text, inside) && text.front() != '-' &&
           text.back() != '-' && text.find("--") == std::string_view::npos;
}

} // namespace sqlgym::content
