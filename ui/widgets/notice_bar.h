// A bar that says what happened, why, and what to do: where others open a dialog.
#pragma once

#include <QtWidgets/QFrame>

#include <functional>

class QLabel;
class QToolButton;
class QHBoxLayout;

namespace sqlgym::widgets {

enum class NoticeKind { Info, Success, Warning, Danger, Busy };

/// Icon, words and buttons on a fill of its kind. Hidden until show() is called for the first time.
class NoticeBar : public QFrame {
    Q_OBJECT
public:
    explicit NoticeBar(QWidget *parent = nullptr);

    /// `title` is bold; `text` may be empty. Buttons of an earlier notice go away.
    void setNotice(NoticeKind kind, const QString &title, const QString &text = {});
    void addButton(const QString &text, QObject *context, std::function<void()> clicked);
    void setClosable(bool closable);
    QString title() const { return m_title; }
    QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void takeTheme();

    NoticeKind m_kind = NoticeKind::Info;
    QString m_title;
    QString m_body;
    QLabel *m_icon;
    QLabel *m_words;
    QHBoxLayout *m_row;
    QList<QWidget *> m_buttons;
    QToolButton *m_close = nullptr;
};

} // namespace sqlgym::widgets
