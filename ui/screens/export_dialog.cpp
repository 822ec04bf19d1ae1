#include "screens/export_dialog.h"

#include "widgets/theme.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QStandardPaths>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QListView>

#include <algorithm>
#include <vector>

namespace sqlgym::screens {

namespace {

struct Kind {
    QString filter;
    QString suffix;
    models::CopyFormat format;
};

std::vector<Kind> kinds()
{
    using models::CopyFormat;
    const auto words = [](const char *text) { return QCoreApplication::translate("export", text); };
    return {{words("CSV (*.csv)"), QStringLiteral("csv"), CopyFormat::Csv},
            {words("JSON (*.json)"), QStringLiteral("json"), CopyFormat::Json},
            {words("Markdown (*.md)"), QStringLiteral("md"), CopyFormat::Markdown},
            {words("INSERT statement (*.sql)"), QStringLiteral("sql"), CopyFormat::Insert}};
}

} // namespace

QFileDialog *askForExport(QWidget *parent, const QString &baseName,
                          const std::function<void(const QString &, models::CopyFormat)> &chosen)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    auto *dialog = new QFileDialog(parent, QCoreApplication::translate("export", "Export the result"),
                                   QDir(folder).filePath(baseName));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setViewMode(QFileDialog::List);
    // Where the desktop has no dialog of its own, Qt's stands in.
    if (auto *kind = dialog->findChild<QComboBox *>(QStringLiteral("fileTypeCombo")))
        kind->setAccessibleName(QCoreApplication::translate("export", "Kind of file"));
    if (auto *where = dialog->findChild<QComboBox *>(QStringLiteral("lookInCombo"))) {
        where->setAccessibleName(QCoreApplication::translate("export", "Folder"));
        where->setToolTip(where->currentText());
        QObject::connect(where, &QComboBox::currentTextChanged, where, &QWidget::setToolTip);
    }
    if (auto *places = dialog->findChild<QListView *>(QStringLiteral("sidebar")))
        places->setMinimumWidth(places->sizeHintForColumn(0) + widgets::space::l);
    QStringList filters;
    for (const Kind &kind : kinds())
        filters << kind.filter;
    dialog->setNameFilters(filters);
    const auto kindOf = [](const QString &filter) {
        const auto all = kinds();
        const auto kind = std::ranges::find(all, filter, &Kind::filter);
        return kind == all.end() ? all.front() : *kind;
    };
    dialog->setDefaultSuffix(kinds().front().suffix);
    QObject::connect(dialog, &QFileDialog::filterSelected, dialog,
                     [=](const QString &filter) { dialog->setDefaultSuffix(kindOf(filter).suffix); });
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, [=](const QString &path) {
        // The name that was typed has the last word.
        const auto all = kinds();
        const auto named = std::ranges::find(all, QFileInfo(path).suffix().toLower(), &Kind::suffix);
        chosen(path, named == all.end() ? kindOf(dialog->selectedNameFilter()).format : named->format);
    });
    dialog->open();
    return dialog;
}

} // namespace sqlgym::screens
