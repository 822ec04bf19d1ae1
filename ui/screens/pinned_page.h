// A result that was put aside: its rows, and how they differ from the newest result.
#pragma once

#include "base/cancel_token.h"
#include "models/result_table_model.h"
#include "session/worker_thread.h"

#include <QtWidgets/QWidget>

#include <memory>

class QPushButton;
class QStackedLayout;

namespace sqlgym::screens {

class DifferencePage;
class TablePage;

class PinnedPage : public QWidget {
    Q_OBJECT
public:
    explicit PinnedPage(QWidget *parent = nullptr);
    ~PinnedPage() override;

    /// `caption` says what it is: when, how many rows, by whom.
    void pin(models::TablePtr table, const QString &caption, const QString &sql);
    /// Gives up a comparison that goes on.
    void showRows();
    /// Against `table` as bags of rows, off the GUI thread. nullptr: there is nothing to compare with.
    void compareWith(const models::TablePtr &table);
    /// Back to the pinned rows while a comparison goes on; false: none does.
    bool giveUp();
    /// The table that is in front.
    void focusRows();
    TablePage *rows() const { return m_rows; }

signals:
    void compareAsked();
    void unpinned();
    void cancelRequested();

private:
    QPushButton *button(const QString &text, void (PinnedPage::*asked)());
    void giveUpComparing();
    void onCancel();

    models::TablePtr m_table;
    TablePage *m_rows;
    DifferencePage *m_difference;
    QStackedLayout *m_pages;
    std::shared_ptr<base::CancelToken> m_comparing; ///< what was asked for last, until it is there
    std::unique_ptr<session::WorkerThread> m_worker;
};

} // namespace sqlgym::screens
