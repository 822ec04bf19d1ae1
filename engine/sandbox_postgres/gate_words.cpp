#include "sandbox_postgres/gate_words.h"

#include <algorithm>
#include <cctype>
#include <map>

namespace sqlgym::sandbox_postgres {

namespace {

using Words = std::vector<std::string>;

template <std::size_t N> bool contains(const std::string_view (&list)[N], std::string_view word)
{
    return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

constexpr std::string_view kAdornments[] = {"or",     "replace",  "temp",      "temporary",    "local",
                                            "global", "unlogged", "recursive", "materialized", "unique"};
// What a learner may neither create, alter nor (but for the droppable ones) drop.
constexpr std::string_view kDeclinedObjects[] = {
    "access",    "constraint",  "conversion", "database", "default",  "event",        "extension", "foreign",
    "function",  "group",       "language",   "large",    "operator", "owned",        "policy",    "procedural",
    "procedure", "publication", "role",       "routine",  "server",   "subscription", "system",    "tablespace",
    "text",      "transform",   "trigger",    "trusted",  "user"};
constexpr std::string_view kDroppable[] = {"function", "operator", "procedure", "routine", "trigger"};
constexpr std::string_view kDeclinedStatements[] = {
    "call", "checkpoint", "cluster",  "copy",    "discard", "do",       "grant",    "import", "listen",
    "load", "notify",     "reassign", "reindex", "revoke",  "security", "unlisten", "vacuum"};

// A trailing * stands for any continuation.
constexpr std::string_view kFunctions[] = {
    "pg_sleep*",
    "pg_read_*",
    "pg_ls_*",
    "pg_stat_file",
    "pg_advisory_*",
    "pg_try_advisory_*",
    "lo_*",
    "loread",
    "lowrite",
    "pg_terminate_backend",
    "pg_cancel_backend",
    "pg_notify",
    "pg_logical_*",
    "pg_reload_conf",
    "pg_rotate_logfile*",
    "pg_create_*",
    "pg_drop_*",
    "pg_replication_*",
    "pg_copy_*",
    "pg_switch_wal",
    "pg_promote",
    "pg_backup_*",
    "pg_export_snapshot",
    "pg_file_*",
    "pg_stat_reset*",
    "pg_stat_get_backend_*",
    "pg_stat_get_activity",
    "pg_log_backend_memory_contexts",
    "dblink*",
    "query_to_xml*",
    "cursor_to_xml*",
    "table_to_xml*",
    "schema_to_xml*",
    "database_to_xml*",
};

constexpr std::string_view kSettings[] = {
    "statement_timeout",
    "lock_timeout",
    "idle_in_transaction_session_timeout",
    "idle_session_timeout",
    "transaction_timeout",
    "work_mem",
    "maintenance_work_mem",
    "logical_decoding_work_mem",
    "hash_mem_multiplier",
    "temp_buffers",
    "temp_file_limit",
    "max_stack_depth",
    "client_encoding",
    "names",
    "role",
    "authorization",
    "session_authorization",
    "standard_conforming_strings",
    "client_min_messages",
    "local_preload_libraries",
    "session_preload_libraries",
    "row_security",
};

std::string upper(const std::string &word)
{
    std::string text = word;
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

std::string word(const Words &words, std::size_t index) { return index < words.size() ? words[index] : std::string(); }

StatementClass definition(const Words &words)
{
    std::size_t at = 1;
    while (at < words.size() && contains(kAdornments, words[at]))
        ++at;
    const std::string object = word(words, at);
    const bool droppable = words[0] == "drop" && contains(kDroppable, object);
    if (contains(kDeclinedObjects, object) && !droppable)
        return {StatementKind::Declined, upper(words[0]) + " " + upper(object)};
    if (std::find(words.begin(), words.end(), "concurrently") != words.end())
        return {StatementKind::Declined, upper(words[0]) + " " + upper(object) + " CONCURRENTLY"};
    return {StatementKind::Change, {}};
}

StatementClass rollback(const Words &words)
{
    for (std::size_t i = 1; i < words.size() && i < 4; ++i) {
        if (words[i] == "to")
            return {StatementKind::Session, {}};
        if (words[i] == "prepared")
            return {StatementKind::Declined, upper(words[0]) + " PREPARED"};
    }
    return {StatementKind::Transaction, {}};
}

StatementClass setting(const Words &words)
{
    std::size_t at = 1;
    if (word(words, at) == "session" && word(words, at + 1) == "characteristics")
        return {StatementKind::Declined, "SET SESSION CHARACTERISTICS"};
    if (word(words, at) == "session" || word(words, at) == "local")
        ++at;
    if (isGuardedSetting(word(words, at)))
        return {StatementKind::Declined, upper(words[0]) + " " + word(words, at)};
    return {StatementKind::Session, {}};
}

} // namespace

StatementClass classify(const Words &words)
{
    static const std::map<std::string_view, StatementKind> kKinds = {
        {"select", StatementKind::Query},
        {"values", StatementKind::Query},
        {"table", StatementKind::Query},
        {"with", StatementKind::Query},
        {"(", StatementKind::Query},
        {"show", StatementKind::Query},
        {"explain", StatementKind::Query},
        {"savepoint", StatementKind::Session},
        {"release", StatementKind::Session},
        {"declare", StatementKind::Session},
        {"fetch", StatementKind::Session},
        {"move", StatementKind::Session},
        {"close", StatementKind::Session},
        {"execute", StatementKind::Session},
        {"deallocate", StatementKind::Session},
        {"lock", StatementKind::Session},
        {"insert", StatementKind::Change},
        {"update", StatementKind::Change},
        {"delete", StatementKind::Change},
        {"merge", StatementKind::Change},
        {"truncate", StatementKind::Change},
        {"comment", StatementKind::Change},
        {"refresh", StatementKind::Change},
        {"analyze", StatementKind::Change},
        {"analyse", StatementKind::Change},
        {"begin", StatementKind::Transaction},
        {"start", StatementKind::Transaction},
        {"end", StatementKind::Transaction},
    };
    const std::string first = word(words, 0);
    if (const auto found = kKinds.find(first); found != kKinds.end())
        return {found->second, {}};
    if (first == "create" || first == "alter" || first == "drop")
        return definition(words);
    if (first == "commit" || first == "rollback" || first == "abort")
        return rollback(words);
    if (first == "set" || first == "reset")
        return setting(words);
    if (first == "prepare" && word(words, 1) == "transaction")
        return {StatementKind::Declined, "PREPARE TRANSACTION"};
    if (first == "prepare")
        return {StatementKind::Session, {}};
    if (contains(kDeclinedStatements, first))
        return {StatementKind::Declined, first == "do" ? "DO blocks" : upper(first)};
    return {StatementKind::Query, {}}; // no statement begins so: the syntax error is PostgreSQL's to report
}

bool isGuardedSetting(std::string_view name) { return contains(kSettings, name); }

bool isGuardedFunction(std::string_view name)
{
    return std::any_of(std::begin(kFunctions), std::end(kFunctions), [name](std::string_view pattern) {
        if (pattern.back() == '*')
            return name.substr(0, pattern.size() - 1) == pattern.substr(0, pattern.size() - 1);
        return name == pattern;
    });
}

std::string guardedFunctionsCondition()
{
    std::string condition;
    for (const std::string_view pattern : kFunctions) {
        condition += condition.empty() ? "" : " OR ";
        const bool open = pattern.back() == '*';
        const std::string name(open ? pattern.substr(0, pattern.size() - 1) : pattern);
        condition += open ? "starts_with(proname, '" + name + "')" : "proname = '" + name + "'";
    }
    return "(" + condition + ")";
}

} // namespace sqlgym::sandbox_postgres
