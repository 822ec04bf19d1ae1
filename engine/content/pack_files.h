// The files of one pack, and everything found wrong in them. Internal to content.
#pragma once

#include "content/schema_check.h"

#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sqlgym::content {

/// Names are relative to the pack, parted by '/'. What cannot be read is a fault and comes back empty: readers go on,
/// so that an author sees every mistake at once.
class PackFiles {
public:
    static constexpr std::uintmax_t kLargestFile = 4 << 20;

    explicit PackFiles(std::filesystem::path root) : m_root(std::move(root)) {}

    /// The whole text of a regular file (no link: a pack reads nothing outside itself): UTF-8 without NUL bytes.
    std::optional<std::string> text(const std::string &file);
    /// The same without white space at its end; nothing left is a fault.
    std::string prose(const std::string &file);
    /// Parsed and checked by a schema; nullopt when there is a fault.
    std::optional<Json> json(const std::string &file, const std::string &schema);

    /// Sorted names of the folders, or of the files whose name ends with `suffix`, in `folder`.
    std::vector<std::string> folders(const std::string &folder);
    /// The same for a folder that need not be there.
    std::vector<std::string> subfolders(const std::string &folder);
    std::vector<std::string> files(const std::string &folder, std::string_view suffix);
    /// A fault for everything else in `folder`: a misspelt file must not be overlooked. Names with a leading '.' are
    /// other programs' business.
    void allowOnly(const std::string &folder, const std::vector<std::string> &names);

    void fault(const std::string &file, const std::string &path, const std::string &what);
    std::size_t faultCount() const { return m_faults.size(); }
    /// All of them, a line each.
    std::string faultText() const;

private:
    std::vector<std::string> entries(const std::string &folder, std::filesystem::file_type type);

    std::filesystem::path m_root;
    SchemaCheck m_check;
    std::vector<std::string> m_faults;
};

/// "folder/name", or the name alone in the pack itself.
std::string inFolder(const std::string &folder, const std::string &name);

/// A slug as common.schema.json defines it.
bool isSlug(std::string_view text);

} // namespace sqlgym::content
