// Words in the middle of a list or table that has no rows.
#pragma once

#include <QtWidgets/QWidget>

class QAbstractItemView;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace sqlgym::widgets {

/// Belongs to `view`, whose model must be set already; comes and goes with its rows.
class EmptyWords : public QWidget {
    Q_OBJECT
public:
    explicit EmptyWords(QAbstractItemView *view, const QString &words = {});

    /// Without words nothing is shown.
    void setWords(const QString &words);
    /// A way out of the emptiness, below the words.
    QPushButton *addButton(const QString &text);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void update();

    QAbstractItemView *m_view;
    QLabel *m_words;
    QVBoxLayout *m_column;
};

} // namespace sqlgym::widgets
