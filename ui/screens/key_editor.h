// Which keys run what, to be changed.
#pragma once

#include <QtGui/QKeySequence>
#include <QtWidgets/QWidget>

class QKeySequenceEdit;
class QLabel;
class QPushButton;
class QTreeWidget;

namespace sqlgym::screens {

/// A command that a key can run.
struct KeyCommand {
    QString id;
    QString name;
    QList<QKeySequence> keys;
    QList<QKeySequence> defaults;
};

/// A key that runs something else already is told, and taken from there only when asked to.
class KeyEditor : public QWidget {
    Q_OBJECT
public:
    explicit KeyEditor(QList<KeyCommand> commands, QWidget *parent = nullptr);

    /// Leaves the commands that have these words in their name or keys. False: there is none.
    bool search(const QString &words);

signals:
    void changed(const QString &id, const QList<QKeySequence> &keys);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fillRow(int row);
    int current() const;
    void showCurrent();
    /// Index of the command that has one of the keys; -1: none but `except`.
    int owner(const QKeySequence &key, int except) const;
    void onRecorded();
    void set(int row, const QList<QKeySequence> &keys);

    QList<KeyCommand> m_commands;
    QTreeWidget *m_list;
    QKeySequenceEdit *m_key;
    QPushButton *m_set;
    QPushButton *m_default;
    QLabel *m_words;
};

} // namespace sqlgym::screens
