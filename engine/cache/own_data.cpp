#include "cache/own_data.h"

#include "cache/rows.h"
#include "cache/store_context.h"
#include "cache/table_copy.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <fstream>

namespace sqlgym::cache {
namespace {

namespace fs = std::filesystem;

struct Own {
    const char *table;
    const char *condition; ///< of "x"; ?1 is the learner
};

constexpr const char *kMine = "x.user_id = ?1";
constexpr const char *kAll = "?1 IS NOT NULL";

constexpr std::array kOwn = {
    Own{"users", "x.id = ?1"},
    Own{"problem_submissions", kMine},
    Own{"submissions", kMine},
    Own{"execution_results", "x.submission_id IN (SELECT id FROM submissions WHERE user_id = ?1)"},
    Own{"problem_sessions", kMine},
    Own{"user_progress", kMine},
    Own{"user_badges", kMine},
    Own{"problem_interactions", kMine},
    Own{"community_posts", kMine},
    Own{"post_comments", kMine},
    Own{"post_likes", kMine},
    Own{"followers", "x.follower_id = ?1"},
    Own{"helpful_links", kMine},
    Own{"solutions", "x.created_by = ?1"},
    Own{"solution_marks", "(x.vote <> 0 OR x.bookmark) AND ?1 IS NOT NULL"},
    Own{"attempts", kAll},
    Own{"hints_used", kAll},
    Own{"given_up", kAll},
    Own{"frozen_days", kAll},
    Own{"outbox", kMine},
};

/// Columns that tell a person nothing, or nothing true of this profile.
constexpr std::array kLeftOut = {
    "password_hash", "verification_token", "verification_token_expires", "google_id", "undo", "made"};

base::Error cannotWrite(const fs::path &path)
{
    return {"cache", "cannot_write",
            "The file " + path.string() +
                " could not be written. See whether there is room on the disk, and whether "
                "the folder may be written to.",
            false};
}

/// Written beside, then named: a half file never has its name.
base::Result<void> writeFile(const fs::path &path, const std::string &text)
{
    fs::path part = path;
    part += ".part";
    {
        std::ofstream file(part, std::ios::binary | std::ios::trunc);
        file.write(text.data(), static_cast<std::streamsize>(text.size()));
        file.close();
        if (!file)
            return cannotWrite(path);
    }
    std::error_code trouble;
    fs::rename(part, path, trouble);
    return trouble ? base::Result<void>(cannotWrite(path)) : base::Result<void>();
}

std::string csvField(const sqlite::Statement &row, int column)
{
    if (row.isNull(column))
        return {};
    const std::string text = row.string(column);
    if (!text.empty() && text.find_first_of(",\"\r\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char c : text) {
        if (c == '"')
            quoted += '"';
        quoted += c;
    }
    return quoted + '"';
}

base::Result<int> exportTable(StoreContext &context, const Own &own, const fs::path &folder)
{
    std::string names;
    std::string header;
    std::string pairs;
    int count = 0;
    for (const std::string &column : columnsOf(context.database, own.table)) {
        if (std::ranges::find(kLeftOut, column) != kLeftOut.end())
            continue;
        const char *comma = count == 0 ? "" : ", ";
        names += comma + ("x." + column);
        pairs += comma + ("'" + column + "', x." + column);
        header += (count == 0 ? "" : ",") + column;
        ++count;
    }
    std::string json = "[";
    std::string csv = header + "\r\n";
    auto rows = select(
        context.database,
        "SELECT json_object(" + pairs + "), " + names + " FROM " + own.table + " x WHERE " + own.condition,
        [&](sqlite::Statement &row) {
            json.append(json.size() > 1 ? ",\n  " : "\n  ").append(row.text(0));
            for (int column = 1; column <= count; ++column)
                csv.append(column > 1 ? "," : "").append(csvField(row, column));
            csv += "\r\n";
            return true;
        },
        context.userId);
    if (!rows)
        return rows.error();
    json += rows->empty() ? "]\n" : "\n]\n";
    auto done = writeFile(folder / (std::string(own.table) + ".json"), json);
    if (done)
        done = writeFile(folder / (std::string(own.table) + ".csv"), csv);
    if (!done)
        return done.error();
    return static_cast<int>(rows->size());
}

/// A document's name as a file's: nothing of it leads out of the folder.
std::string fileName(const std::string &document)
{
    std::string name;
    for (const char c : document.substr(0, 100))
        name += std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' ? c : '-';
    return name + ".sql";
}

base::Result<int> exportDrafts(StoreContext &context, const fs::path &folder)
{
    struct Draft {
        std::string name;
        std::string text;
    };
    auto drafts = select(context.database,
                         "SELECT coalesce((SELECT min(k.slug) FROM problem_keys k WHERE k.problem_id = d.problem_id), "
                         "d.problem_id), d.text FROM drafts d WHERE d.text <> ''",
                         [](sqlite::Statement &row) {
                             return Draft{fileName(row.string(0)), row.string(1)};
                         });
    if (!drafts)
        return drafts.error();
    if (drafts->empty())
        return 0;
    std::error_code trouble;
    fs::create_directories(folder, trouble);
    if (trouble)
        return cannotWrite(folder);
    for (const Draft &draft : *drafts) {
        fs::path path = folder / draft.name;
        for (int i = 2; fs::exists(path, trouble); ++i)
            path = folder / (std::to_string(i) + "-" + draft.name);
        if (auto written = writeFile(path, draft.text); !written)
            return written.error();
    }
    return static_cast<int>(drafts->size());
}

} // namespace

base::Result<ExportReport> exportOwnData(StoreContext &context, const std::string &folder)
{
    const fs::path root(folder);
    std::error_code trouble;
    fs::create_directories(root, trouble);
    if (trouble)
        return cannotWrite(root);
    if (!fs::is_empty(root, trouble) || trouble)
        return base::Error{"cache", "not_empty",
                           "The folder " + root.string() + " is not empty. Choose an empty one, or name a new one.",
                           false};
    // What is written belongs together: nothing changes meanwhile.
    ExportReport report;
    if (auto begun = context.database.execute("BEGIN"); !begun)
        return begun.error();
    base::Result<void> done;
    for (const Own &own : kOwn) {
        auto rows = exportTable(context, own, root);
        if (!rows) {
            done = rows.error();
            break;
        }
        report.tables.push_back({own.table, *rows});
    }
    if (done) {
        auto drafts = exportDrafts(context, root / "drafts");
        if (drafts)
            report.drafts = *drafts;
        else
            done = drafts.error();
    }
    (void)context.database.execute("ROLLBACK");
    if (!done)
        return done.error();
    return report;
}

} // namespace sqlgym::cache
