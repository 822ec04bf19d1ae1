// Helpful links: pages of the web that learners recommend.
#pragma once

#include "session/links_work.h"
#include "session/store.h"

#include <QtWidgets/QWidget>

#include <functional>

class QLineEdit;
class QPushButton;
class QTreeWidget;

namespace sqlgym::widgets {
class EmptyWords;
class NoticeBar;
} // namespace sqlgym::widgets

namespace sqlgym::screens {

class ReportForm;

class LinksPage : public QWidget {
    Q_OBJECT
public:
    /// `store` outlives it.
    explicit LinksPage(session::Store &store, QWidget *parent = nullptr);

    /// The profile may hold other links; reads at once if it is seen, or when it is seen next.
    void renew();

signals:
    void statusMessage(const QString &text);

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *adding();
    void connectParts();
    void read();
    void show(const session::LinkList &list);
    void fill();
    void showChoice();
    void add();
    void tell(const session::Notice &notice);
    void ask(const QString &question, const QString &yes, std::function<void()> then);
    template <typename Work> void doWrite(Work work, const QString &done);
    /// nullptr: none.
    const session::LinkEntry *chosen() const;

    session::Store &m_store;
    QList<session::LinkEntry> m_links;
    QLineEdit *m_search;
    QPushButton *m_share;
    widgets::NoticeBar *m_notice;
    QWidget *m_form;
    QLineEdit *m_title;
    QLineEdit *m_address;
    ReportForm *m_report;
    QTreeWidget *m_rows;
    widgets::EmptyWords *m_empty;
    QPushButton *m_open;
    QPushButton *m_delete;
    QPushButton *m_reportIt;
    QPushButton *m_hide;
    bool m_stale = true;
};

} // namespace sqlgym::screens
