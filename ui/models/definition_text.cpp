#include "models/definition_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

#include <algorithm>

namespace sqlgym::models {

namespace {

constexpr qsizetype kLine = 100;
constexpr const char *kFirst[] = {"name",     "type",    "title",       "description", "hidden",
                                  "not_null", "columns", "primary_key", "unique",      "foreign_keys",
                                  "checks",   "tables",  "rows"};

QString compact(const QJsonValue &value)
{
    QByteArray text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(text.mid(1, text.size() - 2));
}

QStringList keysOf(const QJsonObject &object)
{
    QStringList keys = object.keys();
    const auto rank = [](const QString &key) {
        return std::ranges::find(kFirst, key, [](const char *each) { return QLatin1String(each); }) -
               std::begin(kFirst);
    };
    std::ranges::stable_sort(keys, {}, rank);
    return keys;
}

/// In one line, with blanks after ',' and ':'.
QString lineOf(const QJsonValue &value)
{
    QStringList parts;
    if (value.isArray()) {
        for (const auto &each : value.toArray())
            parts << lineOf(each);
        return u'[' + parts.join(QStringLiteral(", ")) + u']';
    }
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (const QString &key : keysOf(object))
            parts << compact(key) + QStringLiteral(": ") + lineOf(object.value(key));
        return parts.isEmpty() ? QStringLiteral("{}")
                               : QStringLiteral("{ ") + parts.join(QStringLiteral(", ")) + QStringLiteral(" }");
    }
    return compact(value);
}

bool isDeep(const QJsonValue &value)
{
    const auto holds = [](const QJsonValue &each) { return each.isArray() || each.isObject(); };
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        return std::any_of(array.begin(), array.end(), holds);
    }
    const QJsonObject object = value.toObject();
    return std::any_of(object.begin(), object.end(), holds);
}

QString laidOut(const QJsonValue &value, const QString &indent)
{
    if (!value.isArray() && !value.isObject())
        return compact(value);
    const QString line = lineOf(value);
    if (!isDeep(value) && (value.isArray() || indent.size() + line.size() <= kLine))
        return line;
    const QString inner = indent + QStringLiteral("  ");
    QStringList parts;
    if (value.isArray()) {
        for (const auto &each : value.toArray())
            parts << inner + laidOut(each, inner);
    } else {
        const QJsonObject object = value.toObject();
        for (const QString &key : keysOf(object))
            parts << inner + compact(key) + QStringLiteral(": ") + laidOut(object.value(key), inner);
    }
    const QString body = QStringLiteral("\n") + parts.join(QStringLiteral(",\n")) + u'\n' + indent;
    return value.isArray() ? u'[' + body + u']' : u'{' + body + u'}';
}

/// Walks over a text that is JSON.
class Walk {
public:
    explicit Walk(const QString &text) : m_text(text) {}

    int to(QStringList path)
    {
        blank();
        while (!path.isEmpty() && enter(path.takeFirst()))
            blank();
        return m_at;
    }

private:
    QChar here() const { return m_at < m_text.size() ? m_text[m_at] : QChar(); }
    void blank()
    {
        while (here().isSpace() || here() == u',' || here() == u':')
            ++m_at;
    }
    QString string()
    {
        const int begin = m_at++;
        while (m_at < m_text.size() && m_text[m_at] != u'"')
            m_at += m_text[m_at] == u'\\' ? 2 : 1;
        ++m_at;
        return QString(m_text.mid(begin + 1, m_at - begin - 2));
    }
    void skip()
    {
        if (here() == u'"') {
            string();
            return;
        }
        if (here() == u'[' || here() == u'{') {
            int depth = 0;
            do {
                if (here() == u'"') {
                    string();
                    continue;
                }
                depth += here() == u'[' || here() == u'{' ? 1 : here() == u']' || here() == u'}' ? -1 : 0;
                ++m_at;
            } while (depth > 0 && m_at < m_text.size());
            return;
        }
        while (m_at < m_text.size() && !here().isSpace() && here() != u',' && here() != u']' && here() != u'}')
            ++m_at;
    }
    /// To the member; else it stays where it is.
    bool enter(const QString &key)
    {
        const int before = m_at;
        const bool list = here() == u'[';
        if (!list && here() != u'{')
            return false;
        ++m_at;
        for (int index = 0;; ++index) {
            blank();
            if (m_at >= m_text.size() || here() == u']' || here() == u'}')
                break;
            if (list ? QString::number(index) == key : string() == key) {
                blank();
                return true;
            }
            blank();
            skip();
        }
        m_at = before;
        return false;
    }

    const QString &m_text;
    int m_at = 0;
};

} // namespace

QString readableJson(const QJsonValue &value) { return laidOut(value, {}); }

ReadJson readJson(const QString &text)
{
    QJsonParseError error;
    const QByteArray bytes = text.toUtf8();
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError)
        return {{}, error.errorString(), static_cast<int>(QString::fromUtf8(bytes.left(error.offset)).size())};
    return {document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object()), {}, -1};
}

int placeOf(const QString &text, const QString &pointer)
{
    if (!readJson(text).trouble.isEmpty())
        return -1;
    QStringList path = pointer.split(u'/', Qt::SkipEmptyParts);
    for (QString &key : path)
        key.replace(QLatin1String("~1"), QLatin1String("/")).replace(QLatin1String("~0"), QLatin1String("~"));
    return Walk(text).to(path);
}

QJsonObject newDefinition()
{
    return definitionFrom(R"({"title": "New problem", "slug": "new-problem", "difficulty": "Easy", "order": 1000,
        "tags": [], "statement": "", "contract": {"grain": "one row per thing", "row_order": "strict",
        "columns": [{"name": "id", "type": "int4", "meaning": "its id"}], "order_by": [{"column": "id"}]},
        "hints": ["", "", ""], "solution": {"sql": "SELECT id FROM thing ORDER BY id", "explanation": ""},
        "tables": [{"name": "thing", "description": "Things.", "columns": [
            {"name": "id", "type": "integer", "not_null": true}, {"name": "name", "type": "text"}],
            "primary_key": ["id"], "rows": [["1", "one"], ["2", null]]}],
        "tests": [{"name": "As shown", "description": "The rows of the tables.", "hidden": false, "tables": {},
            "expected": {"columns": [{"name": "id", "type": "int4"}], "rows": [["1"], ["2"]]}}],
        "wrong_queries": [], "right_queries": [], "misconceptions": []})");
}

QJsonObject tidied(QJsonObject definition)
{
    const auto blank = [](const QJsonValue &value) { return value.toString().trimmed().isEmpty(); };
    for (const char *member : {"title", "slug", "topic", "difficulty", "statement", "company"}) {
        if (blank(definition.value(QLatin1String(member))))
            definition.remove(QLatin1String(member));
    }
    if (blank(definition.value(QLatin1String("solution")).toObject().value(QLatin1String("sql"))))
        definition.remove(QLatin1String("solution"));
    QJsonArray hints;
    for (const auto &each : definition.value(QLatin1String("hints")).toArray()) {
        if (!blank(each))
            hints.append(each);
    }
    definition.insert(QLatin1String("hints"), hints);
    for (const char *member :
         {"hints", "tables", "tests", "misconceptions", "wrong_queries", "right_queries", "equivalent", "rules"}) {
        const QJsonValue value = definition.value(QLatin1String(member));
        if (value.toArray().isEmpty() && value.toObject().isEmpty())
            definition.remove(QLatin1String(member));
    }
    return definition;
}

QByteArray bytesOf(const QJsonObject &definition) { return QJsonDocument(definition).toJson(QJsonDocument::Compact); }

QJsonObject definitionFrom(const QByteArray &bytes) { return QJsonDocument::fromJson(bytes).object(); }

} // namespace sqlgym::models
