// Expected against actual for one test of a verdict.
#pragma once

#include "grading/verdict.h"
#include "models/difference_model.h"

#include <QtWidgets/QWidget>

#include <memory>

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QStackedLayout;

namespace sqlgym::widgets {
class ResultGrid;
}

namespace sqlgym::screens {

using VerdictPtr = std::shared_ptr<const grading::Verdict>;

class DifferencePage : public QWidget {
    Q_OBJECT
public:
    explicit DifferencePage(QWidget *parent = nullptr);
    ~DifferencePage() override;

    /// Shows the first failed test. The rows of hidden tests are shown only when `unlocked`.
    void setVerdict(VerdictPtr verdict, bool unlocked);
    void showTest(int index);
    /// Two results of which neither is the right one, as the only test of a verdict; `sentence` says how they differ.
    void setComparison(VerdictPtr verdict, const QString &sentence);
    void setWording(models::DifferenceWording wording);
    /// Words in place of the rows.
    void showWords(const QString &words);
    void addToHead(QWidget *widget);
    void clear();
    /// To the next differing row, of the next failed test where this one has no more; -1 the other way, 0 to the first.
    /// False: there is none.
    bool step(int step);
    widgets::ResultGrid *grid() const { return m_grid; }

signals:
    void testDataWanted(const QString &testId);

private:
    int differingRow(int from, int step) const;
    void goTo(int row);
    bool hasShownRows(int test) const;

    VerdictPtr m_verdict;
    bool m_unlocked = false;
    models::DifferenceModel *m_model;
    widgets::ResultGrid *m_grid;
    QComboBox *m_tests;
    QPushButton *m_data;
    QCheckBox *m_only;
    QHBoxLayout *m_head;
    QLabel *m_summary;
    QLabel *m_words;
    QStackedLayout *m_stack;
};

} // namespace sqlgym::screens
