// What a verification found, for the fields that it is about.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>

namespace sqlgym::models {

struct FieldFinding {
    QString kind; ///< verify::findingWord()
    bool fault = true;
    QString field; ///< JSON pointer
    QString test;
    QString query;
    QString detail;
    QString words() const; ///< a line for a person
};

struct VerificationReport {
    bool good = false;
    QList<FieldFinding> findings; ///< faults first
    int tests = 0;
    int runs = 0;
    int mutants = 0;
    int killed = 0;
    qsizetype faultCount() const;
    /// "Good: 3 tests, 44 queries run, 38 of 40 mutants refused."
    QString sentence() const;
};

/// Of verify::reportJson(); bytes that are none: a report with one finding that says so.
VerificationReport readReport(const QByteArray &json);

/// `prefix` is `pointer` or a part of its beginning.
bool isWithin(const QString &pointer, const QString &prefix);

} // namespace sqlgym::models
