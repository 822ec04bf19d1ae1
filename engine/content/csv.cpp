#include "content/csv.h"

namespace sqlgym::content {

namespace {

base::Error bad(int line, const char *what)
{
    return {"content", "bad_csv", "line " + std::to_string(line) + ": " + what};
}

class Reader {
public:
    explicit Reader(std::string_view text) : m_text(text) {}

    base::Result<Csv> read()
    {
        Csv csv;
        while (m_at < m_text.size()) {
            csv.lines.push_back(m_line);
            csv.rows.emplace_back();
            do {
                base::Result<Cell> cell = m_at < m_text.size() && m_text[m_at] == '"' ? quoted() : bare();
                if (!cell)
                    return cell.error();
                csv.rows.back().push_back(std::move(cell.value()));
            } while (take(','));
            if (m_at < m_text.size() && !lineBreak())
                return bad(m_line, "text after a closing quote");
        }
        return csv;
    }

private:
    bool take(char c)
    {
        if (m_at == m_text.size() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }

    bool lineBreak()
    {
        if (m_text.substr(m_at, 2) == "\r\n")
            ++m_at;
        if (!take('\n'))
            return false;
        ++m_line;
        return true;
    }

    base::Result<Cell> bare()
    {
        const std::size_t begin = m_at;
        while (m_at < m_text.size() && m_text[m_at] != ',' && m_text[m_at] != '\n' && m_text[m_at] != '\r') {
            if (m_text[m_at] == '"')
                return bad(m_line, "a quote within a value that does not begin with one");
            ++m_at;
        }
        if (m_at < m_text.size() && m_text[m_at] == '\r' && m_text.substr(m_at, 2) != "\r\n")
            return bad(m_line, "a carriage return without a line feed");
        return begin == m_at ? Cell() : Cell(m_text.substr(begin, m_at - begin));
    }

    base::Result<Cell> quoted()
    {
        const int opened = m_line;
        std::string value;
        ++m_at;
        for (; m_at < m_text.size(); ++m_at) {
            if (m_text[m_at] == '"') {
                if (m_at + 1 == m_text.size() || m_text[m_at + 1] != '"') {
                    ++m_at;
                    return Cell(std::move(value));
                }
                ++m_at;
            }
            m_line += m_text[m_at] == '\n';
            value += m_text[m_at];
        }
        return bad(opened, "a quote is not closed");
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_line = 1;
};

} // namespace

base::Result<Csv> parseCsv(std::string_view text) { return Reader(text).read(); }

} // namespace sqlgym::content
