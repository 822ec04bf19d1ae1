// Submissions of a problem by the way they go and the tests they fail, and pairs of learners that are strikingly alike.
#pragma once

#include "session/instructor_desk.h"

#include <QtWidgets/QWidget>

class QLabel;
class QTreeWidget;
class QTreeWidgetItem;

namespace sqlgym::screens {

class FamiliesPage : public QWidget {
    Q_OBJECT
public:
    explicit FamiliesPage(QWidget *parent = nullptr);

    void setFamilies(const session::Families &families);
    /// Instead of the lists.
    void setWords(const QString &words);

signals:
    /// One submission, or two (the older one first).
    void submissionsWanted(const QStringList &ids);

private:
    QTreeWidget *list(const QString &name, const QStringList &heads);
    void fillFamilies(const session::Families &families);
    void fillPairs(const session::Families &families);

    QLabel *m_words;
    QTreeWidget *m_families;
    QLabel *m_pairWords;
    QTreeWidget *m_pairs;
};

} // namespace sqlgym::screens
