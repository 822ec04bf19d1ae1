// The editor in which a learner writes.
#pragma once

#include "base/source_span.h"

#include <Qsci/qscidocument.h>
#include <Qsci/qsciscintilla.h>

#include <QtCore/QHash>
#include <QtCore/QTimer>
#include <QtGui/QKeyEvent>

#include <memory>
#include <optional>
#include <vector>

namespace sqlgym::widgets {

class SqlLexer;

/// A page of these lines is laid out within a frame or two.
bool canBeLaidOut(const QByteArray &text);

class SqlEditor : public QsciScintilla {
    Q_OBJECT
public:
    explicit SqlEditor(QWidget *parent = nullptr);

    /// Shows the document `key`; the first time it holds `text`. Undo, cursor and selection are where they were.
    /// Documents stay as long as the editor.
    void openDocument(const QString &key, const QString &text);
    bool hasDocument(const QString &key) const { return m_documents.contains(key); }

    /// Everything, NUL characters too.
    QByteArray utf8() const;
    qsizetype byteCount() const; ///< with what is still arriving
    /// A long text was pasted, and comes in slices; utf8() and all that changes the text take the rest at once.
    bool isArriving() const { return m_arriveTimer.isActive(); }
    void replaceAll(const QString &text); ///< undoable
    /// The text has lines too long to be laid out: it is kept whole, shown shortened, and cannot be edited.
    bool isShortened() const { return m_shortened.contains(m_key); }

    struct Piece {
        QByteArray sql;
        int byteBegin = 0; ///< where it lies in the document
    };
    /// The selection, else the statement at the cursor; no SQL when there is neither. Nothing: the text is so long that
    /// the statement has to be looked for on another thread.
    std::optional<Piece> pieceToRun() const;

    int cursorUtf16() const;
    void setCursorUtf16(int position);
    int firstLine() const;
    void setFirstLine(int line);

    /// Underlines the token at this byte until the text changes.
    void markError(int byteBegin);
    void clearError();
    /// Underlines these; an empty list takes the lines away.
    void showFindings(const std::vector<base::SourceSpan> &spans);
    int cursorByte() const;
    char byteBeforeCursor() const; ///< NUL at the beginning
    /// From `byteBegin` to the cursor.
    void replaceWord(int byteBegin, const QByteArray &text);
    /// All of it, by the same words with other blanks; undoable.
    void replaceKeepingCursor(const QByteArray &text);
    void toggleComment();
    void moveLines(bool down);
    void copyLines(bool down);
    void insertAtCursor(const QString &text);

public slots:
    void undo() override;
    void redo() override;

signals:
    void shortenedChanged(bool shortened);
    void edited(); ///< the text changed by the learner's hand, not by opening a document
    void escapePressed();

protected:
    QByteArray fromMimeData(const QMimeData *source, bool &rectangular) const override;
    void keyPressEvent(QKeyEvent *event) override;
    void inputMethodEvent(QInputMethodEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void setUpDocument();
    void takeTheme();
    void dress();
    void freeKeys();
    void markStatement();
    void fitWrapping(qsizetype bytes);
    void fitWrapping() { fitWrapping(static_cast<qsizetype>(SendScintilla(SCI_GETLENGTH))); }
    void showDocument(const QsciDocument &document);
    void keepPlace();
    void returnToPlace();
    void fill(const QByteArray &bytes);
    void showShortened();
    void takeWhole(const QByteArray &bytes);
    void leaveShortened();
    void arrive(QByteArray bytes);
    void arriveOn(bool all);
    void finishArriving();
    void tellCaret();
    void onTextChanged();

    /// Of changes in long texts Scintilla tells before they are made only; textChanged() then is not emitted.
    static constexpr int kAnnounced = SC_MOD_BEFOREINSERT | SC_MOD_BEFOREDELETE;
    static constexpr int kTold = SC_MODEVENTMASKALL & ~kAnnounced;

    SqlLexer *m_lexer;
    /// Where one was in a document.
    struct Place {
        long anchor = 0, caret = 0;
        int firstLine = 0;
    };
    struct Shortened {
        QByteArray whole;
        QsciDocument shown;
    };
    QString m_key; ///< of the document on screen
    QHash<QString, QsciDocument> m_documents;
    QHash<QString, Place> m_places;        ///< of documents that were left
    QHash<QString, Shortened> m_shortened; ///< in front of their documents
    struct Replaced {
        QByteArray whole, by;
    };
    Replaced m_replaced;     ///< a shortened text by another one: undo() brings it back
    QByteArray m_takenOut;   ///< by undo(), for redo()
    QByteArray m_arriving;   ///< what was pasted and is long: it comes in slices
    qsizetype m_arrived = 0; ///< of it, bytes
    long m_arriveAt = -1;    ///< where the next of it belongs; -1 = at the cursor
    QTimer m_arriveTimer;
    std::vector<std::unique_ptr<QKeyEvent>> m_waitingKeys; ///< pressed meanwhile
    QTimer m_statementTimer;
    bool m_announced = false; ///< a change, which has been made since
    bool m_loading = false;
    bool m_wrappingFits = false; ///< whatever the text is at this moment
    bool m_escaped = false;
    bool m_leaving = false;
    bool m_hasMarkers = true; ///< of the statement, in any document
    bool m_hasError = false;
    bool m_hasFindings = false;
};

} // namespace sqlgym::widgets
