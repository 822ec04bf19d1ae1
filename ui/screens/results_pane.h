// What a run or a check gave: verdict bar above Results, Expected output, Difference, Tests and Messages.
#pragma once

#include "screens/difference_page.h"
#include "session/values.h"
#include "widgets/notice_bar.h"

#include "sandbox/sandbox.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QComboBox;
class QPlainTextEdit;
class QTabWidget;
class QToolButton;

namespace sqlgym::screens {

class PinnedPage;
class TablePage;
class TestsPage;

/// Pages but the first are made when first needed, or by complete().
class ResultsPane : public QWidget {
    Q_OBJECT
public:
    enum Page { Results, Expected, Difference, Tests, Messages, Pinned };

    explicit ResultsPane(QWidget *parent = nullptr);

    void setProblem(const session::OpenedProblem &opened);
    void setUnlocked(bool unlocked);
    /// Above the pages, but not for what is over before one could read it.
    void showBusy(const QString &words);
    /// The beginning of a result whose rest is on its way; showOutcome() follows.
    void showFirstRows(const std::shared_ptr<const sandbox::ResultTable> &rows);
    /// `testName`: the test on whose rows it ran; empty: the sample data.
    void showOutcome(const std::shared_ptr<const sandbox::Outcome> &outcome, const std::string &sql,
                     const QString &testName = {});
    /// `sql` is what was judged.
    void showVerdict(const VerdictPtr &verdict, const std::string &sql, bool submitted, const QString &extra = {});
    /// Another text is in front, to which no verdict belongs. The rows of the last run stay.
    void putVerdictAside();
    void showNotice(const QString &title, const QString &text, bool warning);
    /// A button in the verdict bar that writes `caseJson` to a file.
    void offerCase(const QByteArray &caseJson, const QString &fileName);
    widgets::NoticeBar *verdictBar() const { return m_verdictBar; }
    void showPage(Page page);
    Page currentPage() const;
    void focusPage();
    /// To the next difference (or with -1 the one before), through all tests that failed. False: there is none.
    bool stepDifference(int step);
    /// The current cell in full, or its column's statistics: of the table that is in front, or of the results.
    void inspect(bool column);
    /// Writes the table that is in front, or the results, to a file.
    void exportTable();
    /// Puts the newest result aside, where it stays while others come. One at a time.
    void pinResult();
    /// The pinned result against the newest one.
    void compareWithPinned();
    /// Gives up a comparison that goes on.
    void giveUpComparing();
    void zoomGrids(int steps);
    int gridZoom() const { return m_gridZoom; }
    /// Of all grids, those that are made later too.
    void setGridZoom(int zoom);
    /// Makes the pages that nobody has asked for yet.
    void complete();

    /// How wide the names of the pages are, with what a result adds to them.
    int roomForTabs() const;

signals:
    void cancelRequested();
    void testDataWanted(const QString &testId);
    void nextWanted();

private:
    void setBar(widgets::NoticeKind kind, const QString &title, const QString &text = {});
    void hideBar();
    TablePage *expectedPage();
    DifferencePage *differencePage();
    TestsPage *testsPage();
    QPlainTextEdit *messagesPage();
    int messageColumns();
    void ensurePage(int index);
    void fill(int index, QWidget *content);
    void showExpected(int testIndex);
    void fillExpectedChoice();
    void setWholeResult(bool whole, const std::string &sql);
    void unpin();
    TablePage *tableInFront();
    int m_gridZoom = 0;

    session::OpenedProblem m_opened;
    VerdictPtr m_verdict;
    widgets::NoticeBar *m_verdictBar;
    QTimer m_busyTimer;
    QString m_busyWords;
    QTabWidget *m_tabs;
    TablePage *m_results;
    TablePage *m_expected = nullptr;
    QComboBox *m_expectedChoice = nullptr;
    DifferencePage *m_difference = nullptr;
    PinnedPage *m_pinned = nullptr; ///< while something is pinned
    QToolButton *m_pin;
    QString m_resultSql;
    bool m_whole = false; ///< the results page holds a whole result, not its first rows
    TestsPage *m_tests = nullptr;
    QPlainTextEdit *m_messages = nullptr;
};

} // namespace sqlgym::screens
