// The tabs above the editor: the problem's own text, and as many scratch texts as one likes.
#pragma once

#include "session/store.h"

#include <QtWidgets/QTabBar>

namespace sqlgym::screens {

/// Hidden while there is no scratch text. Knows names and texts of what is open; the editor is told by
/// documentChosen().
class ScratchTabs : public QTabBar {
    Q_OBJECT
public:
    explicit ScratchTabs(QWidget *parent = nullptr);

    /// What was open last time.
    void setTexts(const QList<session::ScratchText> &texts);
    /// The document in front: "scratch/N"; empty: the problem's.
    QString current() const;
    QString textOf(const QString &document) const { return m_texts.value(document); }
    QStringList openDocuments() const;
    /// With a text of its own, or empty.
    void addNew(const QString &text = {});
    /// Closes the scratch text in front; its text stays and can be had again.
    void closeCurrent();
    void reopen();
    /// The problem's tab to the front, without a word.
    void showProblem();

signals:
    void documentChosen(const QString &document);
    void openChanged(const QStringList &documents);

private:
    void open(const QString &document);
    void close(int index);
    QString documentAt(int index) const { return tabData(index).toString(); }

    QHash<QString, QString> m_texts;
    QStringList m_closed; ///< the last one closed at the end
};

} // namespace sqlgym::screens
