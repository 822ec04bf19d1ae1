// Writes a case in which the engines differ to a file of the learner's choice.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

class QWidget;

namespace sqlgym::screens {

/// Asks where; tells when it could not be written. Returns at once.
void saveCase(const QByteArray &caseJson, const QString &fileName, QWidget *parent);

} // namespace sqlgym::screens
