// Everybody's submissions, for instructors: filters, the list, and what is chosen of it.
#pragma once

#include "session/engine_room.h"
#include "session/instructor_desk.h"
#include "session/link_state.h"
#include "session/store.h"

#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;
class QSplitter;
class QTableView;

namespace sqlgym::models {
class SubmissionTableModel;
}
namespace sqlgym::widgets {
class EmptyWords;
class NoticeBar;
} // namespace sqlgym::widgets

namespace sqlgym::screens {

class SubmissionDetail;
class SubmissionFilters;

/// Asks the server while it is shown; nothing here waits. Others' rows leave the screen with the right to see them.
class InstructorScreen : public QWidget {
    Q_OBJECT
public:
    InstructorScreen(session::ServerLink &link, session::Store &store, session::EngineRoom &engines,
                     QWidget *parent = nullptr);

    /// It came to the front.
    void activate();
    void setLinkState(const session::LinkState &state);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildList();
    void connectDesk();
    void connectDetail();
    void reload();
    void showWords(const QString &words);
    void onPage(const client::SubmissionPage &page, bool first);
    void onFailed(const session::AskTrouble &trouble, bool list);
    void onChosen();
    /// What the page in front needs and is not there yet.
    void askForPage();
    void onExport();
    void runHere(const QByteArray &sql);
    void fitColumns();

    session::Store &m_store;
    session::EngineRoom &m_engines;
    session::InstructorDesk *m_desk;
    SubmissionFilters *m_filters;
    models::SubmissionTableModel *m_model;
    QTableView *m_list;
    widgets::EmptyWords *m_empty;
    widgets::NoticeBar *m_notice;
    QLabel *m_count;
    QPushButton *m_refresh;
    QPushButton *m_export;
    SubmissionDetail *m_detail;
    QSplitter *m_splitter;
    std::unique_ptr<session::WorkerThread> m_writer;
    QString m_account;
    bool m_loaded = false;
    QString m_reportOf, m_attemptsOf, m_familiesOf; ///< what was asked for
    QString m_exportPath;
    int m_exportFormat = 0;
    session::JobId m_job = 0;
};

} // namespace sqlgym::screens
