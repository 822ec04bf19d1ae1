#include "widgets/tame_markdown.h"

#include <QtCore/QStringList>

namespace sqlgym::widgets {

namespace {

constexpr int kMostNested = 6;
constexpr int kMostColumns = 20;
constexpr int kMostBrackets = 200; ///< of a line
constexpr int kMostMarks = 4;      ///< over one letter
constexpr int kMostIndent = 40;

bool isMark(QChar c)
{
    return c.category() == QChar::Mark_NonSpacing || c.category() == QChar::Mark_Enclosing ||
           c.category() == QChar::Mark_SpacingCombining;
}

QString withFewMarks(const QString &line)
{
    QString few;
    few.reserve(line.size());
    int marks = 0;
    for (const QChar c : line) {
        marks = isMark(c) ? marks + 1 : 0;
        if (marks <= kMostMarks)
            few += c;
    }
    return few;
}

/// Where the quotes and list marks that are one too many begin; -1: nowhere.
qsizetype tooDeep(const QString &line)
{
    int nested = 0;
    for (qsizetype at = 0; at < line.size(); ++at) {
        const QChar c = line[at];
        if (c.isSpace()) {
            if (at > kMostIndent)
                return at;
            continue;
        }
        const bool spaced = at + 1 == line.size() || line[at + 1].isSpace();
        const bool list = (c == u'-' || c == u'*' || c == u'+') && spaced;
        const bool numbered = c.isDigit() || ((c == u'.' || c == u')') && spaced && at > 0 && line[at - 1].isDigit());
        if (c != u'>' && !list && !numbered)
            return -1;
        nested += c == u'>' || list || !c.isDigit() ? 1 : 0;
        if (nested > kMostNested)
            return at;
    }
    return -1;
}

} // namespace

QString tameMarkdown(const QString &markdown)
{
    QStringList tame;
    for (QString line : markdown.split(u'\n')) {
        line = withFewMarks(line).replace(QLatin1String("!["), QLatin1String("["));
        if (const qsizetype at = tooDeep(line); at >= 0)
            line = QStringLiteral("\\") + line.mid(at).trimmed();
        if (line.count(u'|') > kMostColumns)
            line.replace(u'|', QChar(0x00A6));
        if (line.count(u'[') > kMostBrackets)
            line.replace(u'[', u'(').replace(u']', u')');
        tame << line;
    }
    return tame.join(u'\n');
}

} // namespace sqlgym::widgets
