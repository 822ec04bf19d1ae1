// A badge was earned: its art and its name in a corner, without a sound.
#pragma once

#include <QtWidgets/QFrame>

class QLabel;
class QTimer;

namespace sqlgym::widgets {

/// Lies over the lower right corner of `over`, so that nothing moves when it comes or goes, and never takes the
/// keyboard. Goes by itself after some seconds, but not from under the pointer or while its buttons have the keyboard.
class CelebrationBar : public QFrame {
    Q_OBJECT
public:
    explicit CelebrationBar(QWidget *over);

    /// `others`: how many more were earned at once. With `motion` it fades in.
    void celebrate(const QString &name, const QString &motif, const QString &rarity, int others, bool motion);

signals:
    void badgesWanted();

protected:
    bool event(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void takeTheme();
    void place();
    void leave();

    QTimer *m_stay;
    QString m_motif;
    QString m_rarity;
    QLabel *m_art;
    QLabel *m_words;
};

} // namespace sqlgym::widgets
