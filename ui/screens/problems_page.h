// Problems that an instructor writes: the list of them, and the one that is open.
#pragma once

#include "session/draft_files.h"
#include "session/link_state.h"
#include "session/problem_bench.h"
#include "session/problem_desk.h"

#include <QtWidgets/QWidget>

class QLineEdit;
class QListView;
class QPushButton;
class QSortFilterProxyModel;

namespace sqlgym::models {
class ProblemListModel;
struct EditedProblem;
} // namespace sqlgym::models
namespace sqlgym::widgets {
class EmptyWords;
class NoticeBar;
} // namespace sqlgym::widgets

namespace sqlgym::screens {

class ProblemEditor;

class ProblemsPage : public QWidget {
    Q_OBJECT
public:
    /// What is typed is kept in `folder`.
    ProblemsPage(session::ServerLink &link, session::EngineRoom &engines, const QString &folder,
                 QWidget *parent = nullptr);
    ~ProblemsPage() override;

    /// It came to the front.
    void activate();
    void setLinkState(const session::LinkState &state);

private:
    QWidget *buildList();
    void connectDesk();
    void reload();
    void onList(const std::vector<client::EditableProblem> &problems, const std::vector<client::TopicEntry> &topics);
    void onOpened(const QString &id, const client::ServerProblem &problem);
    void onFailed(session::ProblemDesk::Question question, const session::AskTrouble &trouble);
    void fillList();
    void onChosen();
    void openProblem(const QString &id);
    void begin(const QJsonObject &definition);
    void copyOpen();
    void onReverted(const QString &id);
    void select(const QString &id);

    session::ProblemDesk *m_desk;
    session::ProblemBench *m_bench;
    session::DraftFiles *m_files;
    models::ProblemListModel *m_model;
    QSortFilterProxyModel *m_filtered;
    QListView *m_list = nullptr;
    QLineEdit *m_search = nullptr;
    QPushButton *m_new = nullptr, *m_copy = nullptr, *m_refresh = nullptr;
    widgets::EmptyWords *m_empty = nullptr;
    widgets::NoticeBar *m_notice;
    ProblemEditor *m_editor;
    QHash<QString, session::KeptDraft> m_local; ///< what this computer has and the server has not
    std::vector<client::EditableProblem> m_onServer;
    QString m_account;
    QString m_opening; ///< asked for
    bool m_loaded = false;
    bool m_selecting = false;
};

} // namespace sqlgym::screens
