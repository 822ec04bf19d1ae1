// One problem: its form, how it stands, and what can be done with it.
#pragma once

#include "models/findings.h"
#include "models/problem_list_model.h"

#include "session/draft_files.h"
#include "session/problem_bench.h"
#include "session/problem_desk.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;

namespace sqlgym::widgets {
class ElidedLabel;
class NoticeBar;
} // namespace sqlgym::widgets

namespace sqlgym::screens {

class ProblemForm;

class ProblemEditor : public QWidget {
    Q_OBJECT
public:
    ProblemEditor(session::ProblemDesk &desk, session::ProblemBench &bench, QWidget *parent = nullptr);

    void setTopics(const QStringList &names);
    /// `server`: how it stands there; null: it is not known, or not there.
    void open(const session::KeptDraft &draft, const client::ServerProblem *server);
    /// What came later of the one that is open.
    void setServerState(const client::ServerProblem &server);
    void close();
    const QString &openId() const { return m_draft.id; }
    QString title() const;
    /// As it is on screen, as the server takes it.
    QJsonObject shown() const;
    /// What was typed a moment ago is told at once: kept().
    void flush();
    void setOnline(bool online);
    /// Empty: it can be published. Else why not.
    QString whyNotPublished() const;
    models::EditedProblem entry() const;
    bool isUnsaved() const;

signals:
    /// To be written down.
    void kept(const sqlgym::session::KeptDraft &draft);
    void entryChanged(const sqlgym::models::EditedProblem &problem);
    /// Local changes are thrown away: as the server has it, or not at all.
    void reverted(const QString &id);
    void savedToServer(const QString &id);

private:
    enum class Work { None, Saving, Checking, Filling, Verifying, Publishing };
    void connectDesk();
    void connectBench();
    void takeEdits();
    void save(bool over);
    void saveAndVerify();
    void checkHere();
    void fillExpected();
    void stop();
    void publish();
    void askToRevert();
    void showProof(const client::Proof &proof);
    void showReport(const QByteArray &report, const QString &where);
    void onFailed(session::ProblemDesk::Question question, const session::AskTrouble &trouble);
    void setWork(Work work, const QString &words = {});
    void refresh();
    bool isBroken() const;

    session::ProblemDesk &m_desk;
    session::ProblemBench &m_bench;
    session::KeptDraft m_draft;
    client::Proof m_proof;
    bool m_onServer = false;
    bool m_published = false; ///< as it is saved
    bool m_everPublished = false;
    bool m_online = false;
    bool m_edited = false; ///< since the form was last read
    bool m_verifyNext = false;
    bool m_tells = false; ///< the notice is of a report
    Work m_work = Work::None;
    QTimer m_collect;

    widgets::ElidedLabel *m_title;
    QLabel *m_state;
    QLabel *m_why;
    QLabel *m_progress;
    QPushButton *m_stop, *m_revert, *m_save, *m_check, *m_verify, *m_publish;
    widgets::NoticeBar *m_notice;
    ProblemForm *m_form;
};

} // namespace sqlgym::screens
