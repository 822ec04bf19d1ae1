#include "models/findings.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>

namespace sqlgym::models {

namespace {

QString say(const char *text, int count = -1) { return QCoreApplication::translate("Findings", text, nullptr, count); }

} // namespace

QString FieldFinding::words() const
{
    QString place;
    if (!test.isEmpty())
        place = say("Test \u201C%1\u201D").arg(test);
    if (!query.isEmpty() && query != QLatin1String("solution"))
        place += (place.isEmpty() ? QString() : QStringLiteral(", ")) + query;
    QString words = detail;
    if (kind == QLatin1String("engines_differ"))
        words = say("The two engines give different answers: %1").arg(detail);
    else if (kind == QLatin1String("depends_on_order"))
        words = say("%1 PostgreSQL could give another order, or other rows.").arg(detail);
    else if (kind == QLatin1String("expected_stale"))
        words = say("This is not what the solution gives now: %1").arg(detail);
    else if (kind == QLatin1String("wrong_passes"))
        words = say("No test refuses this wrong query: add a row that tells it apart.");
    else if (kind == QLatin1String("declined"))
        words = say("%1 Only PostgreSQL judges it.").arg(detail);
    return place.isEmpty() ? words : place + QStringLiteral(": ") + words;
}

qsizetype VerificationReport::faultCount() const { return std::ranges::count(findings, true, &FieldFinding::fault); }

QString VerificationReport::sentence() const
{
    if (!good) {
        const int faults = static_cast<int>(faultCount());
        return faults == 1 ? say("One fault: it is shown at its field.")
                           : say("%1 faults: each is shown at its field.").arg(faults);
    }
    QString words = say("Tests: %1. Queries run: %2.").arg(tests).arg(runs);
    if (mutants > 0)
        words += u' ' + say("Mutants of the solution refused: %1 of %2.").arg(killed).arg(mutants);
    return words;
}

VerificationReport readReport(const QByteArray &json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    VerificationReport report;
    report.good = object.value(QStringLiteral("good")).toBool();
    report.tests = object.value(QStringLiteral("tests")).toInt();
    report.runs = object.value(QStringLiteral("runs")).toInt();
    const QJsonObject mutants = object.value(QStringLiteral("mutants")).toObject();
    report.mutants =
        mutants.value(QStringLiteral("count")).toInt() - mutants.value(QStringLiteral("equivalent")).toInt();
    report.killed = mutants.value(QStringLiteral("killed")).toInt();
    for (const auto &each : object.value(QStringLiteral("findings")).toArray()) {
        const auto text = [&each](const char *name) { return each[QLatin1String(name)].toString(); };
        report.findings.append({text("kind"), each[QStringLiteral("fault")].toBool(true), text("field"), text("test"),
                                text("query"), text("detail")});
    }
    if (object.isEmpty())
        report.findings.append({QStringLiteral("broken"), true, {}, {}, {}, say("The answer cannot be read.")});
    std::ranges::stable_sort(report.findings, std::greater(), &FieldFinding::fault);
    return report;
}

bool isWithin(const QString &pointer, const QString &prefix)
{
    return pointer.startsWith(prefix) && (pointer.size() == prefix.size() || pointer[prefix.size()] == u'/');
}

} // namespace sqlgym::models
