// The editor in which a learner writes.
#pragma once

#include "base/source_span.h"

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

    /// Shows the document `key`; the first time it holds `text`. Undo goes on where it was. Documents stay as long as
    /// the editor.
    void openDocument(const QString &key, const QString &text);
    bool hasDocument(const QString &key) const { return m_documents.contains(key); }

    /// Everything, NUL characters too.
    QByteArray utf8() const;
    void replaceAll(const QString &text); ///< undoable

    struct Piece {
        QByteArray sql;
        int byteBegin = 0; ///< where it lies in the document
    };
    /// The selection, else the statement at the cursor; no SQL when there is neither.
    Piece pieceToRun() const;

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

signals:
    void edited(); ///< the text changed by the learner's hand, not by opening a document
    void escapePressed();

protected:
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
    void fitWrapping();
    void tellCaret();
    void onTextChanged();

    SqlLexer *m_lexer;
    QHash<QString, QsciDocument> m_documents;
    QTimer m_statementTimer;
    bool m_loading = false;
    bool m_escaped = false;
    bool m_leaving = false;
    bool m_hasError = false;
    bool m_hasFindings = false;
};

} // namespace sqlgym::widgets
