// Writing a post, or mending one.
#pragma once

#include "session/community_work.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QCheckBox;
class QLabel;
class QPushButton;

namespace sqlgym::widgets {
class NoticeBar;
class SendEdit;
} // namespace sqlgym::widgets

namespace sqlgym::screens {

class PostEditor : public QWidget {
    Q_OBJECT
public:
    explicit PostEditor(QWidget *parent = nullptr);

    /// The problem that a new post may be about; `fixed`: is.
    void setProblem(const QString &title, bool fixed);
    void writeNew();
    void mend(const session::PostPage &page);
    /// What was begun and not sent.
    void setDraft(const session::PostDraft &draft);
    session::PostDraft draft() const;
    bool isAboutProblem() const;
    /// The id of the post that is mended; empty: a new one.
    const QString &mended() const { return m_mended; }
    void clear();
    void showNotice(const session::Notice &notice);

signals:
    void finished();
    void cancelled();
    /// Of a new post, a moment after the last key.
    void draftChanged();

private:
    void finish();
    void onEdited();

    QLabel *m_title;
    widgets::SendEdit *m_content;
    widgets::SendEdit *m_code;
    QCheckBox *m_about;
    QLabel *m_room;
    widgets::NoticeBar *m_notice;
    QPushButton *m_done;
    QTimer m_pause;
    QString m_mended;
    session::PostDraft m_kept; ///< of the new post, while another is mended
    bool m_fixed = false;
};

} // namespace sqlgym::screens
