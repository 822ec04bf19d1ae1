#include "sandbox_postgres/gate.h"

#include "sandbox_postgres/gate_words.h"

#include <algorithm>
#include <cctype>
#include <memory>
#include <pg_query.h>
#include <pg_query/pg_query.pb-c.h>

namespace sqlgym::sandbox_postgres {

namespace {

constexpr std::size_t kFirstWords = 8;

struct FreeScan {
    void operator()(PgQuery__ScanResult *scan) const { pg_query__scan_result__free_unpacked(scan, nullptr); }
};
using Scan = std::unique_ptr<PgQuery__ScanResult, FreeScan>;

Scan scan(const std::string &sql)
{
    PgQueryScanResult raw = pg_query_scan(sql.c_str());
    Scan tokens;
    if (raw.error == nullptr)
        tokens.reset(pg_query__scan_result__unpack(nullptr, raw.pbuf.len,
                                                   reinterpret_cast<const std::uint8_t *>(raw.pbuf.data)));
    pg_query_free_scan_result(raw);
    return tokens;
}

/// A keyword or identifier in lower case, a quoted identifier without its quotes, punctuation as it is.
std::string wordOf(const std::string &sql, const PgQuery__ScanToken &token)
{
    const auto begin = static_cast<std::size_t>(token.start);
    std::string word = sql.substr(begin, static_cast<std::size_t>(token.end) - begin);
    if (word.size() >= 2 && word.front() == '"')
        return word.substr(1, word.size() - 2);
    std::transform(word.begin(), word.end(), word.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return word;
}

class Inspector {
public:
    Inspector(const std::string &sql, Purpose purpose) : m_sql(sql), m_purpose(purpose) {}

    Inspection inspect(const PgQuery__ScanResult &tokens)
    {
        m_found.scanned = true;
        for (std::size_t i = 0; i < tokens.n_tokens && m_found.declined.empty(); ++i)
            token(*tokens.tokens[i]);
        endStatement();
        return m_found;
    }

private:
    void token(const PgQuery__ScanToken &token)
    {
        switch (token.token) {
        case PG_QUERY__TOKEN__SQL_COMMENT:
        case PG_QUERY__TOKEN__C_COMMENT:
            return;
        case PG_QUERY__TOKEN__ASCII_59:
            if (m_depth == 0)
                endStatement();
            return;
        case PG_QUERY__TOKEN__ASCII_40:
            ++m_depth;
            break;
        case PG_QUERY__TOKEN__ASCII_41:
            m_depth = std::max(0, m_depth - 1);
            break;
        default:
            break;
        }
        const bool name = token.token == PG_QUERY__TOKEN__IDENT;
        const bool keyword = token.keyword_kind != PG_QUERY__KEYWORD_KIND__NO_KEYWORD;
        if (m_first.size() >= kFirstWords && !name && !keyword) {
            ++m_tokens;
            return;
        }
        ++m_tokens;
        const std::string word = wordOf(m_sql, token);
        if (m_first.size() < kFirstWords)
            m_first.push_back(word);
        if (name)
            identifier(word);
        if (word == "insert" || word == "update" || word == "delete" || word == "merge" || word == "into")
            m_found.changesData = true;
    }

    void identifier(const std::string &name)
    {
        if (name == "nextval" || name == "setval")
            m_found.changesData = true;
        const bool guarded = isGuardedFunction(name) || (m_purpose == Purpose::Run && name == "set_config");
        if (guarded)
            m_function = name;
    }

    void endStatement()
    {
        m_depth = 0;
        if (m_tokens > 0)
            classifyStatement();
        m_tokens = 0;
        m_first.clear();
    }

    void classifyStatement()
    {
        ++m_found.statements;
        const StatementClass found = classify(m_first);
        m_found.controlsTransaction |= found.kind == StatementKind::Transaction;
        m_found.changesData |= found.kind == StatementKind::Change || found.kind == StatementKind::Transaction;
        const bool ownSetting = m_purpose == Purpose::Setup && (m_first[0] == "set" || m_first[0] == "reset");
        if (found.kind == StatementKind::Declined && !ownSetting)
            m_found.declined = found.name;
        else if (!m_function.empty())
            m_found.declined = "the function " + m_function;
    }

    const std::string &m_sql;
    Purpose m_purpose;
    Inspection m_found;
    std::vector<std::string> m_first;
    std::string m_function; ///< the guarded one that the statement names
    int m_depth = 0;
    std::size_t m_tokens = 0;
};

} // namespace

Inspection inspect(const std::string &sql, Purpose purpose)
{
    const Scan tokens = scan(sql);
    if (!tokens)
        return {};
    return Inspector(sql, purpose).inspect(*tokens);
}

} // namespace sqlgym::sandbox_postgres
