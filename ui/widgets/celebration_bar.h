// A badge was earned: its art and its name in a bar, without a sound.
#pragma once

#include <QtWidgets/QFrame>

class QLabel;

namespace sqlgym::widgets {

class CelebrationBar : public QFrame {
    Q_OBJECT
public:
    explicit CelebrationBar(QWidget *parent = nullptr);

    /// `others`: how many more were earned at once. With `motion` it fades in.
    void celebrate(const QString &name, const QString &motif, const QString &rarity, int others, bool motion);

signals:
    void badgesWanted();

private:
    void takeTheme();

    QString m_motif;
    QString m_rarity;
    QLabel *m_art;
    QLabel *m_words;
};

} // namespace sqlgym::widgets
