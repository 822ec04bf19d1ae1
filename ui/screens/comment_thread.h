// What instructors wrote about one submission, and a field to write more.
#pragma once

#include "session/instructor_desk.h"

#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace sqlgym::widgets {
class SendEdit;
}

namespace sqlgym::screens {

/// Texts are shown as plain ones. Without a field it is for reading alone.
class CommentThread : public QWidget {
    Q_OBJECT
public:
    explicit CommentThread(bool withField, QWidget *parent = nullptr);
    /// For whoever hears it instead of seeing where it stands.
    void setListName(const QString &name);

    void setComments(const std::vector<client::SubmissionComment> &comments);
    /// Instead of comments.
    void setWords(const QString &words);
    /// Empties the field, for another submission.
    void clearField();
    /// What was written is on its way, or (with words) could not be sent and stays.
    void setSending(bool sending, const QString &trouble = {});

signals:
    /// Ctrl+Enter, or the button. `id` stays the same until it was sent.
    void written(const QString &id, const QString &text);

private:
    void send();

    QScrollArea *m_area;
    widgets::SendEdit *m_field = nullptr;
    QPushButton *m_send = nullptr;
    QLabel *m_trouble = nullptr;
    QString m_id;
};

} // namespace sqlgym::screens
