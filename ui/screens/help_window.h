// Help: the Markdown pages of resources/help, offline.
#pragma once

#include <QtWidgets/QDialog>

class QListWidget;

namespace sqlgym::widgets {
class MarkdownView;
}

namespace sqlgym::screens {

class HelpWindow : public QDialog {
    Q_OBJECT
public:
    HelpWindow(const QString &folder, QWidget *parent);

    /// A page by its file name without ".md"; empty = the one shown last, or the first.
    void showPage(const QString &name);

private:
    void load(int row);

    QString m_folder;
    QListWidget *m_pages;
    widgets::MarkdownView *m_text;
};

} // namespace sqlgym::screens
