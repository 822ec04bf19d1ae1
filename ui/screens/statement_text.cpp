#include "screens/statement_text.h"

#include "models/labels.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace sqlgym::screens {

using models::fromUtf8;

namespace {

QString tr(const char *text) { return QCoreApplication::translate("statement", text); }

QString orderSentence(const content::OutputContract &contract)
{
    QStringList keys;
    for (const auto &key : contract.orderBy) {
        QString words = QStringLiteral("`%1`").arg(fromUtf8(key.column));
        words += key.descending ? tr(" descending") : tr(" ascending");
        if (key.nullsFirst != key.descending) // else PostgreSQL's default
            words += key.nullsFirst ? tr(", NULLs first") : tr(", NULLs last");
        keys << words;
    }
    switch (contract.rowOrder) {
    case content::RowOrder::Ignored:
        return tr("Does not matter.");
    case content::RowOrder::Strict:
        return keys.isEmpty() ? tr("Every row has its place.") : tr("By %1.").arg(keys.join(tr(", then ")));
    case content::RowOrder::ByColumns:
        return tr("By %1; ties in any order.").arg(keys.join(tr(", then ")));
    }
    return {};
}

/// "one row per member" -> "One row per member."
QString sentence(QString words)
{
    if (!words.isEmpty())
        words[0] = words[0].toUpper();
    return words.isEmpty() || words.endsWith(u'.') ? words : words + u'.';
}

bool namesMatter(const content::Problem &problem)
{
    return std::ranges::any_of(
        problem.tests, [](const auto &test) { return test.rules.namesMatter || !test.rules.columnOrderMatters; });
}

bool columnOrderMatters(const content::Problem &problem)
{
    return std::ranges::any_of(problem.tests, [](const auto &test) { return test.rules.columnOrderMatters; });
}

} // namespace

QString markdownEscaped(const QString &text)
{
    QString out;
    for (const QChar c : text) {
        if (QStringLiteral("\\`*_{}[]<>#|~!").contains(c))
            out += u'\\';
        out += c == u'\n' ? u' ' : c;
    }
    return out;
}

QString contractMarkdown(const content::Problem &problem)
{
    const auto &contract = problem.contract;
    QString text = tr("## What your query must return\n\n");
    text += QStringLiteral("**%1**\n\n").arg(markdownEscaped(sentence(fromUtf8(contract.grain))));
    text += tr("| Column | Type | Meaning |\n|---|---|---|\n");
    for (const auto &column : contract.columns)
        text += QStringLiteral("| `%1` | `%2` | %3 |\n")
                    .arg(fromUtf8(column.name), fromUtf8(column.type), markdownEscaped(fromUtf8(column.meaning)));
    text += QStringLiteral("\n");
    const auto line = [&text](const QString &what, const QString &words) {
        if (!words.isEmpty())
            text += QStringLiteral("- **%1** %2\n").arg(what, words);
    };
    line(tr("Row order:"), orderSentence(contract));
    line(tr("Ties:"), markdownEscaped(sentence(fromUtf8(contract.ties))));
    line(tr("NULLs:"), markdownEscaped(sentence(fromUtf8(contract.nulls))));
    line(tr("Rounding:"), markdownEscaped(sentence(fromUtf8(contract.rounding))));
    line(tr("Column names:"), namesMatter(problem) ? tr("must be as above.") : tr("are yours to choose."));
    line(tr("Column order:"), columnOrderMatters(problem) ? tr("as above.") : tr("does not matter."));
    return text;
}

QString statementMarkdown(const session::OpenedProblem &opened)
{
    const auto &problem = *opened.problem;
    QStringList facts{models::difficultyLabel(problem.difficulty)};
    if (!opened.topic.isEmpty())
        facts << markdownEscaped(opened.topic);
    if (!problem.company.empty())
        facts << markdownEscaped(fromUtf8(problem.company));
    for (const auto &tag : problem.tags)
        facts << markdownEscaped(fromUtf8(tag));
    QString text = QStringLiteral("# %1\n\n").arg(markdownEscaped(fromUtf8(problem.title)));
    text += facts.join(QStringLiteral(" \u00B7 ")) + QStringLiteral("\n\n");
    text += fromUtf8(problem.question) + QStringLiteral("\n\n");
    return text + contractMarkdown(problem);
}

} // namespace sqlgym::screens
