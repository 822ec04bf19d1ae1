// A problem's definition as text that people edit: laid out to be read, and where in it a member stands.
#pragma once

#include <QtCore/QJsonObject>
#include <QtCore/QJsonValue>
#include <QtCore/QString>

namespace sqlgym::models {

/// Laid out by two spaces; what fits into a line stands in one, so do a row's cells. Members that tell what a thing is
/// come first.
QString readableJson(const QJsonValue &value);

struct ReadJson {
    QJsonValue value;
    QString trouble; ///< empty: it is JSON
    int at = -1;     ///< where it is not: a place in the text
};
/// An array or an object.
ReadJson readJson(const QString &text);

/// Where the value begins that a JSON pointer names, or the nearest one around it; -1: the text is no JSON.
int placeOf(const QString &text, const QString &pointer);

/// A problem to begin with: one table, one test, a solution.
QJsonObject newDefinition();
/// Without the members that are empty, as the server takes it; what it says is the same.
QJsonObject tidied(QJsonObject definition);
/// Compact, as it is sent.
QByteArray bytesOf(const QJsonObject &definition);
QJsonObject definitionFrom(const QByteArray &bytes);

} // namespace sqlgym::models
