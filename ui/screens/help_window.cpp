#include "screens/help_window.h"

#include "widgets/markdown_view.h"
#include "widgets/row_delegate.h"
#include "widgets/theme.h"

#include <QtCore/QDir>
#include <QtGui/QDesktopServices>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QSplitter>

namespace sqlgym::screens {

namespace {

/// The first heading of a page is its title.
QString titleOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly | QIODevice::Text))
        return {};
    const QString line = QString::fromUtf8(file.readLine()).trimmed();
    return line.startsWith(QLatin1String("# ")) ? line.mid(2) : QFileInfo(path).completeBaseName();
}

} // namespace

HelpWindow::HelpWindow(const QString &folder, QWidget *parent)
    : QDialog(parent), m_folder(folder), m_pages(new QListWidget), m_text(new widgets::MarkdownView)
{
    setWindowTitle(tr("Help"));
    m_pages->setAccessibleName(tr("Help pages"));
    m_pages->setFrameShape(QFrame::NoFrame);
    m_pages->setItemDelegate(new widgets::RowDelegate(m_pages));
    m_text->setAccessibleName(tr("Help"));
    auto *splitter = new QSplitter(this);
    splitter->addWidget(m_pages);
    splitter->addWidget(m_text);
    splitter->setSizes({200, 560});
    splitter->setChildrenCollapsible(false);
    auto *all = new QHBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(splitter);
    resize(800, 600);

    QStringList names = QDir(folder).entryList({QStringLiteral("*.md")}, QDir::Files, QDir::Name);
    // What a newcomer needs comes first.
    for (const auto *first : {"keys.md", "editor.md", "practising.md", "index.md"}) {
        if (names.removeOne(QLatin1String(first)))
            names.prepend(QLatin1String(first));
    }
    for (const QString &name : std::as_const(names)) {
        auto *item = new QListWidgetItem(titleOf(folder + u'/' + name), m_pages);
        item->setData(Qt::UserRole, name);
    }
    connect(m_pages, &QListWidget::currentRowChanged, this, &HelpWindow::load);
    connect(m_text, &QTextBrowser::anchorClicked, this, [this](const QUrl &url) {
        if (url.isRelative() && url.path().endsWith(QLatin1String(".md")))
            showPage(QFileInfo(url.path()).completeBaseName());
        else if (url.scheme() == QLatin1String("https"))
            QDesktopServices::openUrl(url);
    });
    if (names.isEmpty())
        m_text->setMarkdownText(tr("# Help is not installed\n\nThe folder `%1` holds no pages.").arg(folder));
    else
        m_pages->setCurrentRow(0);
}

void HelpWindow::showPage(const QString &name)
{
    for (int row = 0; row < m_pages->count(); ++row) {
        if (m_pages->item(row)->data(Qt::UserRole).toString() == name + QStringLiteral(".md"))
            m_pages->setCurrentRow(row);
    }
    m_text->setFocus();
}

void HelpWindow::load(int row)
{
    if (row < 0)
        return;
    QFile file(m_folder + u'/' + m_pages->item(row)->data(Qt::UserRole).toString());
    if (file.open(QIODevice::ReadOnly | QIODevice::Text))
        m_text->setMarkdownText(QString::fromUtf8(file.readAll()));
    else
        m_text->setMarkdownText(tr("# This page cannot be read\n\n%1").arg(file.errorString()));
}

} // namespace sqlgym::screens
