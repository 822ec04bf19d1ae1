// The editor in which a learner writes.
#pragma once

#include "base/source_span.h"

#include <Qsci/qscidocument.h>
#include <Qsci/qsciscintilla.h>

#include <QtCore/QHash>
#include <QtCore/QTimer>

#include <optional>
#include <vector>

namespace sqlgym::widgets {

class SqlLexer;

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
    qsizetype byteCount() const;
    void replaceAll(const QString &text); ///< undoable
    /// The text has a line that is too long to be laid out: it is kept whole, shown shortened, and cannot be edited.
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
    void insertBytes(QByteArray bytes);
    void tellCaret();
    void onTextChanged();

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
    Replaced m_replaced;   ///< a shortened text by another one: undo() brings it back
    QByteArray m_takenOut; ///< by undo(), for redo()
    QTimer m_statementTimer;
    bool m_loading = false;
    bool m_wrappingFits = false; ///< whatever the text is at this moment
    bool m_escaped = false;
    bool m_leaving = false;
    bool m_hasError = false;
    bool m_hasFindings = false;
};

} // namespace sqlgym::widgets
