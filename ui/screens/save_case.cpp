#include "screens/save_case.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QSaveFile>
#include <QtCore/QStandardPaths>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QMessageBox>

namespace sqlgym::screens {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("case", text); }

QString written(const QString &path, const QByteArray &text)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly) && file.write(text) == text.size() && file.commit())
        return {};
    return file.errorString();
}

} // namespace

void saveCase(const QByteArray &caseJson, const QString &fileName, QWidget *parent)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    auto *dialog = new QFileDialog(parent, tr("Save the case"), QDir(folder).filePath(fileName), tr("JSON (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, [caseJson, parent](const QString &path) {
        const QString trouble = written(path, caseJson);
        if (trouble.isEmpty())
            return;
        auto *box = new QMessageBox(QMessageBox::Warning, tr("Save the case"),
                                    tr("The file could not be written: %1").arg(trouble), QMessageBox::Close, parent);
        box->setAttribute(Qt::WA_DeleteOnClose);
        box->open();
    });
    dialog->open();
}

} // namespace sqlgym::screens
