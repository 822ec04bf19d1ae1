#include "sql/parse.h"

#include "base/text_position.h"
#include "sql/guard.h"

#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <pthread.h>
#include <utility>

namespace sqlgym::sql {

/// A query's tree is some hundred small nodes: giving and taking them one by one costs more than reading them.
class TreeMemory {
public:
    TreeMemory() : m_allocator{&TreeMemory::allocate, [](void *, void *) {}, this} {}
    TreeMemory(const TreeMemory &) = delete;
    TreeMemory &operator=(const TreeMemory &) = delete;
    ProtobufCAllocator *allocator() { return &m_allocator; }

private:
    static constexpr std::size_t kChunk = 16u << 10, kAlignment = alignof(std::max_align_t);
    static void *allocate(void *self, std::size_t bytes) { return static_cast<TreeMemory *>(self)->take(bytes); }

    /// nullptr: there is no more.
    void *take(std::size_t bytes)
    {
        const std::size_t rounded = (bytes + kAlignment - 1) & ~(kAlignment - 1);
        if (rounded > m_left) {
            const std::size_t size = std::max(rounded, kChunk);
            // As libpg_query's own memory: uncounted here, charged by whoever parses long texts.
            m_chunks.emplace_back(static_cast<char *>(std::malloc(size)));
            m_next = m_chunks.back().get();
            m_left = m_next ? size : 0;
            if (!m_next)
                return nullptr;
        }
        void *at = m_next;
        m_next += rounded;
        m_left -= rounded;
        return at;
    }

    ProtobufCAllocator m_allocator;
    struct Free {
        void operator()(char *chunk) const { std::free(chunk); }
    };
    std::vector<std::unique_ptr<char, Free>> m_chunks;
    char *m_next = nullptr;
    std::size_t m_left = 0;
};

namespace {

constexpr std::size_t kParserStack = 64u << 20;
constexpr std::size_t kShallow = 200; ///< deeper or longer texts are parsed on a large stack
constexpr std::size_t kShort = 8'192;

/// The SQLSTATE of an error that PostgreSQL's scanner or grammar raises; nearly all are syntax errors.
std::string_view sqlstateOf(std::string_view message)
{
    struct Known {
        std::string_view begin, sqlstate;
    };
    static constexpr Known kKnown[] = {
        {"unsafe use of \\'", "22P06"}, {"invalid byte sequence", "22021"},      {"frame start", "42P20"},
        {"frame end", "42P20"},         {"precision for type float", "22023"},   {"MATCH PARTIAL", "0A000"},
        {"CREATE ASSERTION", "0A000"},  {"stack depth limit exceeded", "54001"}, {"memory exhausted", "54001"},
    };
    for (const auto &known : kKnown) {
        if (message.substr(0, known.begin.size()) == known.begin)
            return known.sqlstate;
    }
    return "42601";
}

std::string_view hintOf(std::string_view message)
{
    if (message == "subquery in FROM must have an alias")
        return "For example, FROM (SELECT ...) [AS] foo.";
    if (message == "VALUES in FROM must have an alias")
        return "For example, FROM (VALUES ...) [AS] foo.";
    if (message.substr(0, 22) == "LIMIT #,# syntax is no")
        return "Use separate LIMIT and OFFSET clauses.";
    return {};
}

/// PostgreSQL shows the whole word that ran into a number ("1_000"); the parser's own release stops after one letter.
std::string withWholeJunk(std::string message, std::string_view text, int position)
{
    constexpr std::string_view kBegin = "trailing junk after ";
    if (message.compare(0, kBegin.size(), kBegin) != 0 || message.size() < 2 || message.back() != '"')
        return message;
    const std::size_t quote = message.find('"');
    const std::size_t shown = message.size() - quote - 2;
    std::size_t end = base::byteOffset(text, position) + shown;
    const auto continues = [&](unsigned char c) {
        return c >= 0x80 || c == '_' || c == '$' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
               (c >= 'A' && c <= 'Z');
    };
    std::string more;
    for (; end < text.size() && continues(static_cast<unsigned char>(text[end])); ++end)
        more += text[end];
    return message.substr(0, message.size() - 1) + more + "\"";
}

/// A wrong escape means one thing in E'' and another in U&'': the quote before it tells which it stands in.
void nameUnicodeEscape(base::Diagnostic &error, std::string_view text)
{
    if (error.message != "invalid Unicode escape" || error.position < 1)
        return;
    const std::string_view before = text.substr(0, base::byteOffset(text, error.position));
    const auto last = [&](std::string_view lower, std::string_view upper) {
        const std::size_t a = before.rfind(lower), b = before.rfind(upper);
        return a == before.npos ? b : b == before.npos ? a : std::max(a, b);
    };
    const std::size_t e = last("e'", "E'"), u = last("u&'", "U&'");
    const bool inEscapeString = e != before.npos && (u == before.npos || e > u);
    error.sqlstate = inEscapeString ? "22025" : "42601";
    error.hint = inEscapeString ? "Unicode escapes must be \\uXXXX or \\UXXXXXXXX."
                                : "Unicode escapes must be \\XXXX or \\+XXXXXX.";
}

/// What PostgreSQL's scanner reads, comments among it; nothing where it finds a mistake.
class Tokens {
public:
    explicit Tokens(const std::string &text) : m_scanned(pg_query_scan(text.c_str()))
    {
        if (!m_scanned.error)
            m_tokens = pg_query__scan_result__unpack(nullptr, m_scanned.pbuf.len,
                                                     reinterpret_cast<const std::uint8_t *>(m_scanned.pbuf.data));
    }
    ~Tokens()
    {
        if (m_tokens)
            pg_query__scan_result__free_unpacked(m_tokens, nullptr);
        pg_query_free_scan_result(m_scanned);
    }
    Tokens(const Tokens &) = delete;
    Tokens &operator=(const Tokens &) = delete;

    std::size_t size() const { return m_tokens ? m_tokens->n_tokens : 0; }
    const PgQuery__ScanToken &operator[](std::size_t i) const { return *m_tokens->tokens[i]; }

private:
    PgQueryScanResult m_scanned;
    PgQuery__ScanResult *m_tokens = nullptr;
};

/// Where a parameter follows what nothing can follow, in bytes. The parser's own release reads "name $1" and
/// "interval $1" as casts.
std::optional<std::size_t> strayParameter(const std::string &text)
{
    const bool any =
        std::ranges::adjacent_find(text, [](char a, char b) { return a == '$' && b >= '0' && b <= '9'; }) != text.end();
    if (!any)
        return std::nullopt;
    std::optional<std::size_t> found;
    const Tokens tokens(text);
    for (std::size_t i = 1; i < tokens.size() && !found; ++i) {
        const auto before = tokens[i - 1].token;
        if (tokens[i].token == PG_QUERY__TOKEN__PARAM &&
            (before == PG_QUERY__TOKEN__IDENT || before == PG_QUERY__TOKEN__SCONST ||
             before == PG_QUERY__TOKEN__ICONST || before == PG_QUERY__TOKEN__FCONST ||
             before == PG_QUERY__TOKEN__PARAM || before == PG_QUERY__TOKEN__INTERVAL ||
             before == PG_QUERY__TOKEN__ASCII_41 || before == PG_QUERY__TOKEN__ASCII_93))
            found = static_cast<std::size_t>(tokens[i].start);
    }
    return found;
}

/// The words that PostgreSQL's grammar reads together with the next one: NOT IN, NULLS FIRST, WITH TIME ZONE, U&''
/// UESCAPE.
bool readTogether(PgQuery__Token first, PgQuery__Token next)
{
    switch (first) {
    case PG_QUERY__TOKEN__NOT:
    case PG_QUERY__TOKEN__NULLS_P:
    case PG_QUERY__TOKEN__WITH:
    case PG_QUERY__TOKEN__UESCAPE:
        return true;
    case PG_QUERY__TOKEN__UIDENT:
    case PG_QUERY__TOKEN__USCONST:
        return next == PG_QUERY__TOKEN__UESCAPE; // blanks in place of a comment could make one text of two
    default:
        return false;
    }
}

/// `text` with blanks for comments where the parser's own release takes no account of them as PostgreSQL does: those to
/// the end of a line, which are blanks even between two parts of one text, and those between words that are read
/// together. What stays keeps its place.
std::string withWordsTogether(std::string text)
{
    if (text.find("--") == text.npos && text.find("/*") == text.npos)
        return text;
    const Tokens tokens(text);
    const auto isComment = [&](std::size_t i) {
        return i < tokens.size() &&
               (tokens[i].token == PG_QUERY__TOKEN__SQL_COMMENT || tokens[i].token == PG_QUERY__TOKEN__C_COMMENT);
    };
    for (std::size_t i = 0; i < tokens.size();) {
        std::size_t next = i + 1;
        while (isComment(next))
            ++next;
        const bool together = next < tokens.size() && readTogether(tokens[i].token, tokens[next].token);
        for (std::size_t comment = isComment(i) ? i : i + 1; comment < next; ++comment) {
            if (together || tokens[comment].token == PG_QUERY__TOKEN__SQL_COMMENT)
                std::fill(text.begin() + tokens[comment].start, text.begin() + tokens[comment].end, ' ');
        }
        i = next;
    }
    return text;
}

struct Job {
    std::string text;
    std::unique_ptr<TreeMemory> memory;
    PgQuery__ParseResult *tree = nullptr;
    std::optional<base::Diagnostic> error;

    void run()
    {
        const auto stray = strayParameter(text);
        PgQueryProtobufParseResult result = pg_query_parse_protobuf(withWordsTogether(text).c_str());
        if (result.error) {
            const std::string message = withWholeJunk(result.error->message ? result.error->message : "syntax error",
                                                      text, result.error->cursorpos);
            error = base::Diagnostic{
                std::string(sqlstateOf(message)), message, {}, std::string(hintOf(message)), result.error->cursorpos};
            nameUnicodeEscape(*error, text);
        }
        const int strayAt = stray ? base::characterPosition(text, *stray) : 0;
        if (stray && (!error || error->position > strayAt)) {
            std::size_t end = *stray + 1;
            while (end < text.size() && text[end] >= '0' && text[end] <= '9')
                ++end;
            error = base::Diagnostic{
                "42601", "syntax error at or near \"" + text.substr(*stray, end - *stray) + "\"", {}, {}, strayAt};
        } else if (!error) {
            memory = std::make_unique<TreeMemory>();
            tree = pg_query__parse_result__unpack(memory->allocator(), result.parse_tree.len,
                                                  reinterpret_cast<const std::uint8_t *>(result.parse_tree.data));
        }
        pg_query_free_protobuf_parse_result(result);
    }
};

// The parser's memory context belongs to its thread; libpg_query frees it when the thread ends.
void *runJob(void *job)
{
    static_cast<Job *>(job)->run();
    return nullptr;
}

bool runOnLargeStack(Job &job)
{
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, kParserStack);
    pthread_t thread;
    const bool started = pthread_create(&thread, &attributes, runJob, &job) == 0;
    pthread_attr_destroy(&attributes);
    if (started)
        pthread_join(thread, nullptr);
    return started;
}

base::SourceSpan spanOf(const PgQuery__RawStmt &raw, std::string_view sql)
{
    std::size_t begin = static_cast<std::size_t>(raw.stmt_location);
    std::size_t end = raw.stmt_len > 0 ? begin + static_cast<std::size_t>(raw.stmt_len) : sql.size();
    end = std::min(end, sql.size());
    const auto isBlank = [&](std::size_t at) { return sql[at] == ' ' || (sql[at] >= '\t' && sql[at] <= '\r'); };
    while (begin < end && isBlank(begin))
        ++begin;
    while (end > begin && (isBlank(end - 1) || sql[end - 1] == ';'))
        --end;
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

std::string tooBig(const TextShape &shape, const ParseLimits &limits)
{
    if (shape.tokens > limits.maxStatementTokens)
        return "a statement of more than " + std::to_string(limits.maxStatementTokens) + " words";
    if (shape.parentheses > limits.maxDepth)
        return "parentheses nested more than " + std::to_string(limits.maxDepth) + " deep";
    if (shape.depth > limits.maxOperators)
        return "an expression of more than " + std::to_string(limits.maxOperators) + " operators";
    return {};
}

} // namespace

ParsedScript::ParsedScript(PgQuery__ParseResult *tree, std::unique_ptr<TreeMemory> memory)
    : m_memory(std::move(memory)), m_tree(tree)
{
}
ParsedScript::~ParsedScript() = default;
ParsedScript::ParsedScript(ParsedScript &&other) noexcept = default;
ParsedScript &ParsedScript::operator=(ParsedScript &&other) noexcept = default;

void ParsedScript::describe(std::string_view sql)
{
    for (std::size_t i = 0; i < m_tree->n_stmts; ++i)
        m_statements.push_back({m_tree->stmts[i], spanOf(*m_tree->stmts[i], sql)});
}

ParseOutcome parse(std::string_view sql, const ParseLimits &limits)
{
    ParseOutcome outcome;
    if (sql.find('\0') != std::string_view::npos) {
        outcome.error = base::Diagnostic{"22021", "invalid byte sequence for encoding \"UTF8\": 0x00", {}, {}, 0};
        return outcome;
    }
    if (!base::isValidUtf8(sql)) {
        outcome.error = base::Diagnostic{"22021", "invalid byte sequence for encoding \"UTF8\"", {}, {}, 0};
        return outcome;
    }
    if (sql.size() > limits.maxBytes) {
        outcome.declined = "SQL of more than " + std::to_string(limits.maxBytes >> 20) + " MB";
        return outcome;
    }
    const TextShape shape = measure(sql);
    outcome.declined = tooBig(shape, limits);
    if (!outcome.declined.empty())
        return outcome;

    Job job{std::string(sql), nullptr, nullptr, std::nullopt};
    if (sql.size() <= kShort && shape.depth <= kShallow)
        job.run();
    else if (!runOnLargeStack(job))
        outcome.declined = "SQL this long while the system is out of threads";
    if (job.error)
        outcome.error = std::move(job.error);
    else if (job.tree) {
        outcome.script.emplace(job.tree, std::move(job.memory));
        outcome.script->describe(sql);
    } else if (outcome.declined.empty()) {
        outcome.declined = "SQL nested too deeply";
    }
    return outcome;
}

} // namespace sqlgym::sql
