// Diagnostics, completion and layout while SQL is being written, on a thread of their own.
#pragma once

#include "session/values.h"
#include "session/worker_thread.h"

#include "assist/complete.h"
#include "assist/diagnose.h"
#include "assist/format.h"
#include "assist/function_at.h"
#include "assist/scan.h"

#include <QtCore/QByteArray>

#include <memory>
#include <vector>

namespace sqlgym::session {

/// Answers carry the revision that was asked about; of questions that wait, only the newest of a kind is answered.
class Assistant : public QObject {
    Q_OBJECT
public:
    explicit Assistant(QObject *parent = nullptr);

    /// The tables that are seen from now on.
    void setProblem(const ProblemPtr &problem);
    void diagnose(const QByteArray &text, quint64 revision);
    void complete(const QByteArray &text, int cursorByte, quint64 revision);
    /// What is said of the function whose call the cursor is in.
    void describe(const QByteArray &text, int cursorByte, quint64 revision);
    /// Where the statement at the cursor lies, in a text that takes long to be scanned.
    void locate(const QByteArray &text, int cursorByte, quint64 revision);
    void format(const QByteArray &text, quint64 revision);

signals:
    void described(quint64 revision, const QString &words);
    /// Bytes [begin, end); both 0 where there is no statement.
    void located(quint64 revision, int byteBegin, int byteEnd);
    void diagnosed(quint64 revision, const std::vector<sqlgym::assist::Finding> &findings);
    void completed(quint64 revision, const sqlgym::assist::Completion &completion);
    void formatted(quint64 revision, const sqlgym::assist::Formatted &formatted);

private:
    struct Tables {
        std::unique_ptr<assist::ScopeFinder> finder; ///< touched on the thread only
    };
    /// A question that waits while one of its kind is being answered.
    struct Waiting {
        bool asked = false;
        bool again = false;
        QByteArray text;
        int cursorByte = 0;
        quint64 revision = 0;
    };
    void askDiagnosis();
    void askCompletion();

    std::shared_ptr<Tables> m_tables;
    Waiting m_diagnosis;
    Waiting m_completion;
    WorkerThread m_thread;
};

} // namespace sqlgym::session
