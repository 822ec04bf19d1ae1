#include "parity_file.h"

#include <charconv>
#include <map>
#include <sstream>

namespace sqlgym::parity {

namespace {

// Types read better under their SQL names; the others keep pg_type's.
const std::map<std::string, std::string> kSqlNames = {
    {"bool", "boolean"}, {"int2", "smallint"}, {"int4", "integer"}, {"int8", "bigint"}};

std::string sqlName(const std::string &type)
{
    const auto found = kSqlNames.find(type);
    return found != kSqlNames.end() ? found->second : type;
}

std::string typname(const std::string &name)
{
    for (const auto &[type, sql] : kSqlNames) {
        if (sql == name)
            return type;
    }
    return name;
}

/// `|` separates, `\n` is a line's end, `\e` an empty text, `NULL` the null and `\NULL` the word.
std::string escaped(const std::string &text)
{
    if (text.empty())
        return "\\e";
    std::string out = text == "NULL" ? "\\" : "";
    for (const char c : text) {
        if (c == '\n')
            out += "\\n";
        else if (c == '\\' || c == '|')
            out += std::string("\\") + c;
        else
            out += c;
    }
    return out;
}

std::vector<Cell> splitRow(const std::string &line)
{
    std::vector<Cell> cells;
    std::string text;
    bool plain = true; // nothing escaped so far: the word NULL is the null
    const auto finish = [&] {
        cells.push_back(plain && text == "NULL" ? Cell() : Cell(text));
        text.clear();
        plain = true;
    };
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '|') {
            finish();
        } else if (line[i] == '\\' && i + 1 < line.size()) {
            plain = false;
            ++i;
            if (line[i] == 'n')
                text += '\n';
            else if (line[i] != 'e')
                text += line[i];
        } else {
            text += line[i];
        }
    }
    finish();
    return cells;
}

std::string joined(const std::vector<std::string> &cells)
{
    std::string line;
    for (const auto &cell : cells)
        line += (&cell == &cells.front() ? "" : "|") + escaped(cell);
    return line;
}

class Parser {
public:
    explicit Parser(const std::string &text)
    {
        std::istringstream in(text);
        for (std::string line; std::getline(in, line);)
            m_lines.push_back(line);
    }

    base::Result<ParityFile> parse()
    {
        while (m_at < m_lines.size() && m_error.empty()) {
            const std::string &line = m_lines[m_at];
            if (line.empty())
                ++m_at;
            else if (line[0] == '#')
                comment();
            else if (line == "setup")
                setup();
            else if (line.rfind("query", 0) == 0 || line.rfind("error", 0) == 0)
                testCase();
            else
                m_error =
                    std::to_string(m_at + 1) + ": a block begins with #, setup, query or error, not with: " + line;
        }
        if (!m_error.empty())
            return base::Error{"parity", "syntax", m_error};
        return std::move(m_file);
    }

private:
    bool more() const { return m_at < m_lines.size() && !m_lines[m_at].empty(); }

    void comment()
    {
        Block block;
        for (; more() && m_lines[m_at][0] == '#'; ++m_at)
            block.text += m_lines[m_at] + "\n";
        m_file.blocks.push_back(std::move(block));
    }

    void setup()
    {
        Block block;
        block.kind = Block::Kind::Setup;
        for (++m_at; more(); ++m_at)
            block.text += m_lines[m_at] + "\n";
        m_file.blocks.push_back(std::move(block));
    }

    void testCase()
    {
        Block block;
        block.kind = Block::Kind::Case;
        block.test.line = static_cast<int>(m_at) + 1;
        Answer answer;
        header(m_lines[m_at++], block.test, answer);
        if (more() && m_lines[m_at].rfind("names ", 0) == 0) {
            for (const auto &name : splitRow(m_lines[m_at++].substr(6)))
                answer.names.push_back(name.value_or("NULL"));
        }
        for (; more() && m_lines[m_at] != "----"; ++m_at)
            block.test.sql += (block.test.sql.empty() ? "" : "\n") + m_lines[m_at];
        if (more()) {
            ++m_at;
            answer.isError ? readError(answer.error) : readRows(answer);
            block.test.recorded = std::move(answer);
        }
        if (block.test.sql.empty())
            m_error = std::to_string(block.test.line) + ": a case without SQL";
        m_file.blocks.push_back(std::move(block));
    }

    void header(const std::string &line, Case &test, Answer &answer)
    {
        std::istringstream words(line);
        std::string word;
        words >> word;
        answer.isError = word == "error";
        while (words >> word) {
            if (word == "ordered")
                test.ordered = true;
            else if (answer.isError && word == "at")
                words >> answer.error.position;
            else if (answer.isError)
                answer.error.sqlstate = word;
            else
                answer.types.push_back(typname(word));
        }
    }

    void readRows(Answer &answer)
    {
        for (; more(); ++m_at) {
            answer.rows.push_back(splitRow(m_lines[m_at]));
            if (answer.rows.back().size() != answer.types.size())
                m_error = std::to_string(m_at + 1) + ": this row does not have as many cells as the query has types";
        }
    }

    void readError(base::Diagnostic &error)
    {
        std::string *part = &error.message;
        for (; more(); ++m_at) {
            std::string line = m_lines[m_at];
            for (const auto &[mark, field] :
                 {std::pair<const char *, std::string *>{"DETAIL: ", &error.detail}, {"HINT: ", &error.hint}}) {
                if (line.rfind(mark, 0) == 0) {
                    part = field;
                    line.erase(0, std::string(mark).size());
                }
            }
            *part += (part->empty() ? "" : "\n") + line;
        }
    }

    std::vector<std::string> m_lines;
    std::size_t m_at = 0;
    std::string m_error;
    ParityFile m_file;
};

std::string written(const Case &test)
{
    if (!test.recorded)
        return std::string("query") + (test.ordered ? " ordered\n" : "\n") + test.sql + "\n";
    const Answer &answer = *test.recorded;
    std::string out = answer.isError ? "error " + answer.error.sqlstate : "query";
    if (answer.isError && answer.error.position > 0)
        out += " at " + std::to_string(answer.error.position);
    for (const auto &type : answer.types)
        out += " " + sqlName(type);
    out += test.ordered ? " ordered\n" : "\n";
    if (!answer.names.empty())
        out += "names " + joined(answer.names) + "\n";
    out += test.sql + "\n----\n";
    if (answer.isError) {
        out += answer.error.message + "\n";
        out += answer.error.detail.empty() ? "" : "DETAIL: " + answer.error.detail + "\n";
        out += answer.error.hint.empty() ? "" : "HINT: " + answer.error.hint + "\n";
    }
    for (const auto &row : answer.rows) {
        for (std::size_t i = 0; i < row.size(); ++i)
            out += (i > 0 ? "|" : "") + (row[i] ? escaped(*row[i]) : "NULL");
        out += "\n";
    }
    return out;
}

} // namespace

base::Result<ParityFile> parseParityFile(const std::string &text) { return Parser(text).parse(); }

std::string writeParityFile(const ParityFile &file)
{
    std::string out;
    for (std::size_t i = 0; i < file.blocks.size(); ++i) {
        const Block &block = file.blocks[i];
        switch (block.kind) {
        case Block::Kind::Comment:
            out += block.text;
            // A comment stands right above what it is about.
            continue;
        case Block::Kind::Setup:
            out += "setup\n" + block.text;
            break;
        case Block::Kind::Case:
            out += written(block.test);
            break;
        }
        if (i + 1 < file.blocks.size())
            out += "\n";
    }
    return out;
}

} // namespace sqlgym::parity
