// The line below the editor: what is wrong at the cursor, and where the cursor is.
#pragma once

#include <QtWidgets/QWidget>

class QLabel;

namespace sqlgym::screens {

class EditorStrip : public QWidget {
    Q_OBJECT
public:
    explicit EditorStrip(QWidget *parent = nullptr);

    /// `plain`: a sentence for beginners, may be empty. Both empty: nothing is wrong.
    void showProblem(const QString &message, const QString &plain);
    void showNote(const QString &note);
    void showPlace(int line, int column);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void layText();
    void takeTheme();

    QString m_text;
    bool m_isProblem = false;
    QLabel *m_words;
    QLabel *m_place;
};

} // namespace sqlgym::screens
