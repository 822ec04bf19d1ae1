#include "differences.h"

#include <QDebug>

namespace sqlgym::tests {

void Differences::add(std::string expression, std::string ours)
{
    m_expressions.push_back({std::move(expression), std::move(ours)});
}

void Differences::addQuery(std::string query, std::string ours)
{
    m_queries.push_back({std::move(query), std::move(ours)});
}

int Differences::compare(const std::vector<Case> &cases, const std::vector<std::string> &theirs)
{
    int wrong = 0;
    for (std::size_t i = 0; i < cases.size(); ++i) {
        ++m_total;
        if (cases[i].ours.rfind("declined", 0) == 0) {
            ++m_declined;
            continue;
        }
        if (cases[i].ours == theirs[i])
            continue;
        if (++wrong <= 14)
            qWarning().noquote() << QString::fromStdString(cases[i].expression.substr(0, 300)) << "\n   ours "
                                 << QString::fromStdString(cases[i].ours.substr(0, 200)) << "\n   PostgreSQL "
                                 << QString::fromStdString(theirs[i].substr(0, 200));
    }
    return wrong;
}

int Differences::settle(const char *what)
{
    std::vector<std::string> texts;
    for (const auto &c : m_expressions)
        texts.push_back(c.expression);
    int wrong = compare(m_expressions, m_oracle.ask(texts));
    texts.clear();
    for (const auto &c : m_queries)
        texts.push_back(c.expression);
    wrong += compare(m_queries, m_oracle.askQueries(texts));
    if (wrong)
        qWarning() << what << ":" << wrong << "differ of" << m_expressions.size() + m_queries.size();
    m_expressions.clear();
    m_queries.clear();
    return wrong;
}

} // namespace sqlgym::tests
