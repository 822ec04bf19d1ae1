// What the instructor's screen asks of the server: one page, one submission, figures. Answers come as signals.
#pragma once

#include "client/instructor.h"
#include "insight/likeness.h"

#include "session/cache_work.h"

#include <QtCore/QObject>
#include <QtCore/QString>

namespace sqlgym::session {

class ServerLink;

/// Why something is not there.
struct AskTrouble {
    enum class Kind { None, Offline, SignedOut, NotAllowed, Other };
    Kind kind = Kind::None;
    QString words;
};

AskTrouble troubleFrom(const base::Error &error);

/// A problem's newest submissions, put together; their texts and words are not kept.
struct Families {
    std::vector<insight::Submitted> submissions; ///< the newest first
    std::vector<insight::Family> families;       ///< `example`, and the pairs' two, are indices into `submissions`
    std::vector<insight::LikePair> pairs;
    int few = 0; ///< what counts as few learners
};

/// Each kind of question has one place: an answer to an older one of the same kind is dropped.
class InstructorDesk : public QObject {
    Q_OBJECT
public:
    explicit InstructorDesk(ServerLink &link, QObject *parent = nullptr);

    ServerLink &link() const { return m_link; }

    void askCatalogue();
    /// An empty cursor: the first page.
    void askPage(const client::SubmissionFilter &filter, const client::SubmissionCursor &after);
    void askDetail(const QString &id);
    void askReport(const QString &problemId);
    /// Whole texts of a problem's newest submissions; of one learner where that is not empty.
    void askTexts(const QString &problemId, const QString &learnerId);
    void askFamilies(const QString &problemId);
    void askPair(const QString &olderId, const QString &newerId);
    /// Ends in commented(). `commentId` is a UUID: the same again is the same comment.
    void comment(const QString &commentId, const QString &submissionId, const QString &text);
    /// All that the filter finds, up to `most`, page after page. Ends in gathered().
    void gather(const client::SubmissionFilter &filter, int most);
    /// Answers to what was asked so far are dropped.
    void forget();

    static constexpr int kPageRows = 100;
    static constexpr int kTexts = 1000;

signals:
    void catalogueCame(const std::vector<sqlgym::client::CatalogueEntry> &entries);
    void pageCame(const sqlgym::client::SubmissionPage &page, bool first);
    void detailCame(const sqlgym::client::SubmissionDetail &detail);
    void reportCame(const QString &problemId, const sqlgym::client::ProblemReport &report);
    void textsCame(const QString &problemId, const QString &learnerId,
                   const std::vector<sqlgym::client::SubmissionText> &texts);
    void familiesCame(const QString &problemId, const sqlgym::session::Families &families);
    void pairCame(const sqlgym::client::SubmissionDetail &older, const sqlgym::client::SubmissionDetail &newer);
    void commented(const QString &submissionId, const sqlgym::session::AskTrouble &trouble);
    void gathered(const std::vector<sqlgym::client::SubmissionRow> &rows, bool more);
    /// Of any question but a comment. `list`: it was for rows of the list.
    void failed(const sqlgym::session::AskTrouble &trouble, bool list);

private:
    enum Kind { Catalogue, Page, Detail, Report, Texts, FamiliesKind, Pair, Comment, Gather, KindCount };
    template <typename Work, typename Reply> void ask(Kind kind, Work work, Reply reply);

    ServerLink &m_link;
    quint64 m_asked[KindCount] = {};
};

/// The problem as this profile has it, to run others' queries on; null: it is not here.
ProblemPtr localProblem(CacheSlot &slot, const std::string &problemId);

} // namespace sqlgym::session
