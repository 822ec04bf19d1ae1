#include "widgets/sql_editor.h"

#include "assist/scan.h"
#include "base/text_position.h"
#include "widgets/sql_lexer.h"
#include "widgets/theme.h"

#include <Qsci/qscicommandset.h>
#include <QtGui/QAccessible>
#include <QtGui/QKeyEvent>

#include <algorithm>
#include <utility>

namespace sqlgym::widgets {

namespace {

constexpr int kNumberMargin = 0;
constexpr int kStatementMargin = 1;
constexpr int kStatementMarker = 1;
constexpr int kErrorIndicator = 8;     ///< where a run failed
constexpr int kFindingIndicator = 9;   ///< what is wrong as it stands
constexpr int kMostMarked = 128 << 10; ///< bytes; in longer texts the statement at the cursor is not marked

std::string_view viewOf(const QByteArray &bytes) { return {bytes.constData(), static_cast<std::size_t>(bytes.size())}; }

} // namespace

SqlEditor::SqlEditor(QWidget *parent) : QsciScintilla(parent), m_lexer(new SqlLexer(this))
{
    setAccessibleName(tr("SQL editor"));
    setUpDocument();
    setAutoIndent(true);
    setBraceMatching(SloppyBraceMatch);
    setCaretLineVisible(true);
    SendScintilla(SCI_SETWRAPINDENTMODE, static_cast<unsigned long>(SC_WRAPINDENT_INDENT));
    SendScintilla(SCI_SETSCROLLWIDTHTRACKING, 1UL);
    SendScintilla(SCI_SETSCROLLWIDTH, 1UL);
    SendScintilla(SCI_SETLAYOUTCACHE, static_cast<unsigned long>(SC_CACHE_PAGE)); // a very long line is measured once
    SendScintilla(SCI_SETMULTIPLESELECTION, 1UL);
    SendScintilla(SCI_SETADDITIONALSELECTIONTYPING, 1UL);
    setMarginType(kNumberMargin, NumberMargin);
    setMarginType(kStatementMargin, SymbolMargin);
    setMarginWidth(kStatementMargin, space::s);
    setMarginMarkerMask(kStatementMargin, 1 << kStatementMarker);
    setMarginWidth(2, space::xs);
    markerDefine(LeftRectangle, kStatementMarker);
    indicatorDefine(SquiggleIndicator, kErrorIndicator);
    indicatorDefine(SquiggleIndicator, kFindingIndicator);
    SendScintilla(SCI_SETEXTRAASCENT, 1UL);
    freeKeys();
    takeTheme();
    m_statementTimer.setSingleShot(true);
    m_statementTimer.setInterval(30);
    connect(&m_statementTimer, &QTimer::timeout, this, &SqlEditor::markStatement);
    connect(this, &QsciScintilla::cursorPositionChanged, this, [this] { m_statementTimer.start(); });
    connect(this, &QsciScintilla::textChanged, this, &SqlEditor::onTextChanged);
    connect(this, &QsciScintillaBase::SCN_MODIFIED, this, [this](int, int what) {
        if ((what & kAnnounced) != 0 && !std::exchange(m_announced, true))
            QMetaObject::invokeMethod(
                this,
                [this] {
                    if (std::exchange(m_announced, false))
                        onTextChanged();
                },
                Qt::QueuedConnection);
    });
    m_arriveTimer.setInterval(0);
    connect(&m_arriveTimer, &QTimer::timeout, this, [this] { arriveOn(false); });
    connect(&Theme::instance(), &Theme::changed, this, &SqlEditor::takeTheme);
    connect(this, &QsciScintilla::cursorPositionChanged, this, &SqlEditor::tellCaret);
    connect(this, &QsciScintilla::selectionChanged, this, &SqlEditor::tellCaret);
}

/// What Scintilla keeps per document.
void SqlEditor::setUpDocument()
{
    setUtf8(true);
    setEolMode(EolUnix);
    setTabWidth(4);
    setIndentationsUseTabs(false);
}

void SqlEditor::takeTheme()
{
    m_lexer->takeTheme();
    dress();
}

void SqlEditor::dress()
{
    const Colors &c = colors();
    setLexer(m_lexer); // throws away every style but its own
    setPaper(c.base);
    setColor(c.text);
    setCaretForegroundColor(c.text);
    setCaretLineBackgroundColor(c.currentLine);
    setSelectionBackgroundColor(c.selection);
    resetSelectionForegroundColor();
    setMarginsFont(monospaceFont(TypeSize::Small));
    setMarginsBackgroundColor(c.base);
    setMarginsForegroundColor(c.muted);
    for (int margin = 0; margin < 3; ++margin)
        setMarginBackgroundColor(margin, c.base);
    SendScintilla(SCI_STYLESETBACK, STYLE_LINENUMBER, c.base);
    SendScintilla(SCI_STYLESETFORE, STYLE_LINENUMBER, c.muted);
    setMarkerBackgroundColor(c.accent, kStatementMarker);
    setMarkerForegroundColor(c.accent, kStatementMarker);
    setMatchedBraceBackgroundColor(c.selection);
    setMatchedBraceForegroundColor(c.text);
    setUnmatchedBraceBackgroundColor(c.dangerFill);
    setUnmatchedBraceForegroundColor(c.danger);
    setIndicatorForegroundColor(c.danger, kErrorIndicator);
    setIndicatorForegroundColor(c.danger, kFindingIndicator);
    setMarginWidth(kNumberMargin,
                   QFontMetrics(monospaceFont(TypeSize::Small)).horizontalAdvance(QStringLiteral("0000")));
}

/// Keys that are the window's, or UX's own, but QScintilla's by default.
void SqlEditor::freeKeys()
{
    static constexpr int kCtrl = static_cast<int>(Qt::ControlModifier);
    static constexpr int kCtrlShift = static_cast<int>(Qt::ControlModifier) | static_cast<int>(Qt::ShiftModifier);
    const int keys[] = {kCtrl | Qt::Key_Slash,
                        kCtrl | Qt::Key_Return,
                        kCtrlShift | Qt::Key_Return,
                        kCtrl | Qt::Key_Enter,
                        kCtrl | Qt::Key_L,
                        kCtrl | Qt::Key_T,
                        kCtrlShift | Qt::Key_T,
                        kCtrl | Qt::Key_D,
                        kCtrlShift | Qt::Key_L,
                        kCtrl | Qt::Key_PageUp,
                        kCtrl | Qt::Key_PageDown,
                        kCtrl | Qt::Key_Plus,
                        kCtrl | Qt::Key_Minus,
                        kCtrl | Qt::Key_U,
                        kCtrlShift | Qt::Key_U,
                        Qt::Key_Escape,
                        static_cast<int>(Qt::AltModifier) | Qt::Key_Up,
                        static_cast<int>(Qt::AltModifier) | Qt::Key_Down};
    for (const int key : keys) {
        if (QsciCommand *command = standardCommands()->boundTo(key)) {
            if (command->key() == key)
                command->setKey(0);
            else
                command->setAlternateKey(0);
        }
    }
}

int SqlEditor::firstLine() const { return static_cast<int>(SendScintilla(SCI_GETFIRSTVISIBLELINE)); }

void SqlEditor::setFirstLine(int line) { SendScintilla(SCI_SETFIRSTVISIBLELINE, static_cast<unsigned long>(line)); }

void SqlEditor::markError(int byteBegin)
{
    clearError();
    if (isShortened())
        return;
    const QByteArray all = utf8();
    const assist::Scan scan = all.size() > kMostMarked ? assist::Scan() : assist::scanSql(viewOf(all));
    int begin = byteBegin;
    int length = 1;
    const auto inWord = [&](int byte) {
        return byte < all.size() && (isalnum(static_cast<unsigned char>(all[byte])) || all[byte] == '_');
    };
    while (scan.tokens.empty() && inWord(begin) && inWord(begin + length))
        ++length;
    for (const auto &token : scan.tokens) {
        if (static_cast<int>(token.span.byteEnd) > byteBegin) {
            begin = static_cast<int>(token.span.byteBegin);
            length = static_cast<int>(token.span.byteEnd) - begin;
            break;
        }
    }
    if (begin >= all.size() && begin > 0)
        begin = static_cast<int>(all.size()) - 1;
    SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(kErrorIndicator));
    SendScintilla(SCI_INDICATORFILLRANGE, static_cast<unsigned long>(begin), static_cast<long>(length));
    m_hasError = true;
}

void SqlEditor::clearError()
{
    if (!m_hasError)
        return;
    SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(kErrorIndicator));
    SendScintilla(SCI_INDICATORCLEARRANGE, 0UL, SendScintilla(SCI_GETLENGTH));
    m_hasError = false;
}

void SqlEditor::toggleComment()
{
    finishArriving();
    int from = 0, to = 0, column = 0, endColumn = 0;
    if (hasSelectedText()) {
        getSelection(&from, &column, &to, &endColumn);
        if (endColumn == 0 && to > from)
            --to;
    } else {
        getCursorPosition(&from, &column);
        to = from;
    }
    const bool selected = hasSelectedText();
    bool all = true;
    for (int line = from; line <= to; ++line) {
        const QString trimmed = text(line).trimmed();
        all = all && (trimmed.isEmpty() || trimmed.startsWith(QLatin1String("--")));
    }
    SendScintilla(SCI_BEGINUNDOACTION);
    for (int line = from; line <= to; ++line) {
        const QString whole = text(line);
        if (whole.trimmed().isEmpty() && from != to)
            continue;
        const auto start =
            static_cast<unsigned long>(SendScintilla(SCI_POSITIONFROMLINE, static_cast<unsigned long>(line)));
        if (all && !whole.trimmed().isEmpty()) {
            const auto at = whole.indexOf(QLatin1String("--"));
            const long length = whole.mid(at, 3) == QLatin1String("-- ") ? 3 : 2;
            SendScintilla(SCI_DELETERANGE, start + static_cast<unsigned long>(whole.left(at).toUtf8().size()), length);
        } else {
            SendScintilla(SCI_INSERTTEXT, start, "-- ");
        }
    }
    // Inserting gives up the selection; the same key takes the marks away again.
    if (selected) {
        SendScintilla(SCI_SETSEL,
                      static_cast<unsigned long>(SendScintilla(SCI_POSITIONFROMLINE, static_cast<unsigned long>(from))),
                      SendScintilla(SCI_GETLINEENDPOSITION, static_cast<unsigned long>(to)));
    }
    SendScintilla(SCI_ENDUNDOACTION);
}

int SqlEditor::cursorByte() const { return static_cast<int>(SendScintilla(SCI_GETCURRENTPOS)); }

char SqlEditor::byteBeforeCursor() const
{
    const int at = cursorByte();
    return at > 0 ? static_cast<char>(SendScintilla(SCI_GETCHARAT, static_cast<unsigned long>(at - 1))) : '\0';
}

void SqlEditor::showFindings(const std::vector<base::SourceSpan> &spans)
{
    if ((spans.empty() && !m_hasFindings) || isShortened())
        return;
    SendScintilla(SCI_SETINDICATORCURRENT, static_cast<unsigned long>(kFindingIndicator));
    SendScintilla(SCI_INDICATORCLEARRANGE, 0UL, SendScintilla(SCI_GETLENGTH));
    for (const auto &span : spans)
        SendScintilla(SCI_INDICATORFILLRANGE, static_cast<unsigned long>(span.byteBegin),
                      static_cast<long>(span.byteEnd - span.byteBegin));
    m_hasFindings = !spans.empty();
}

void SqlEditor::replaceWord(int byteBegin, const QByteArray &text)
{
    finishArriving();
    SendScintilla(SCI_SETTARGETSTART, static_cast<unsigned long>(byteBegin));
    SendScintilla(SCI_SETTARGETEND, static_cast<unsigned long>(cursorByte()));
    SendScintilla(SCI_REPLACETARGET, static_cast<unsigned long>(text.size()), text.constData());
    SendScintilla(SCI_GOTOPOS, static_cast<unsigned long>(byteBegin + text.size()));
}

void SqlEditor::moveLines(bool down)
{
    finishArriving();
    SendScintilla(down ? SCI_MOVESELECTEDLINESDOWN : SCI_MOVESELECTEDLINESUP);
}

void SqlEditor::copyLines(bool down)
{
    finishArriving();
    SendScintilla(SCI_BEGINUNDOACTION);
    int from = 0, to = 0, column = 0, endColumn = 0;
    getCursorPosition(&from, &column);
    to = from;
    if (hasSelectedText()) {
        getSelection(&from, &column, &to, &endColumn);
        to -= endColumn == 0 && to > from ? 1 : 0;
    }
    const auto lineStart = [this](int line) {
        return static_cast<int>(SendScintilla(SCI_POSITIONFROMLINE, static_cast<unsigned long>(line)));
    };
    const int begin = lineStart(from);
    const int end = static_cast<int>(SendScintilla(SCI_GETLINEENDPOSITION, static_cast<unsigned long>(to)));
    const int anchor = static_cast<int>(SendScintilla(SCI_GETANCHOR)), caret = cursorByte();
    const QByteArray copy = utf8().mid(begin, end - begin) + '\n';
    SendScintilla(SCI_INSERTTEXT, static_cast<unsigned long>(begin), copy.constData());
    // What was inserted lies above: staying there means going up, staying with the old text going down.
    const int shift = down ? static_cast<int>(copy.size()) : 0;
    SendScintilla(SCI_SETSEL, static_cast<unsigned long>(anchor + shift), static_cast<long>(caret + shift));
    SendScintilla(SCI_ENDUNDOACTION);
}

void SqlEditor::insertAtCursor(const QString &text)
{
    finishArriving();
    const QByteArray bytes = text.toUtf8();
    SendScintilla(SCI_REPLACESEL, 0UL, bytes.constData());
    setFocus();
}

void SqlEditor::markStatement()
{
    if (std::exchange(m_hasMarkers, false))
        markerDeleteAll(kStatementMarker); // looks at every line
    if (byteCount() > kMostMarked)
        return;
    const QByteArray all = utf8();
    const assist::Scan scan = assist::scanSql(viewOf(all));
    const auto cursor = static_cast<std::size_t>(SendScintilla(SCI_GETCURRENTPOS));
    const auto *statement = assist::statementAt(scan, cursor);
    if (!statement)
        return;
    const auto lineOf = [this](std::uint32_t byte) {
        return static_cast<int>(SendScintilla(SCI_LINEFROMPOSITION, static_cast<unsigned long>(byte)));
    };
    const int last = lineOf(statement->byteEnd);
    for (int line = lineOf(statement->byteBegin); line <= last; ++line)
        markerAdd(line, kStatementMarker);
    m_hasMarkers = true;
}

/// For screen readers; QScintilla tells of the text itself.
void SqlEditor::tellCaret()
{
    if (!QAccessible::isActive())
        return;
    if (auto *reader = QAccessible::queryAccessibleInterface(this); reader && reader->textInterface()) {
        QAccessibleTextCursorEvent caret(this, reader->textInterface()->cursorPosition());
        QAccessible::updateAccessibility(&caret);
        int start = 0, end = 0;
        reader->textInterface()->selection(0, &start, &end);
        QAccessibleTextSelectionEvent selection(this, start, end);
        QAccessible::updateAccessibility(&selection);
    }
}

void SqlEditor::onTextChanged()
{
    if (isArriving())
        return;
    m_announced = false;
    m_statementTimer.start();
    fitWrapping();
    if (m_loading)
        return;
    m_takenOut = {};
    clearError();
    emit edited();
}

void SqlEditor::keyPressEvent(QKeyEvent *event)
{
    if (isArriving()) {
        m_waitingKeys.emplace_back(event->clone());
        return;
    }
    const bool tab = event->key() == Qt::Key_Tab || event->key() == Qt::Key_Backtab;
    if (m_escaped && tab) {
        m_escaped = false;
        m_leaving = true;
        event->key() == Qt::Key_Tab ? focusNextChild() : focusPreviousChild();
        m_leaving = false;
        return;
    }
    if (event->matches(QKeySequence::Undo) || event->matches(QKeySequence::Redo)) {
        event->matches(QKeySequence::Undo) ? undo() : redo();
        return;
    }
    m_escaped = event->key() == Qt::Key_Escape;
    if (m_escaped) {
        SendScintilla(SCI_CANCEL);
        emit escapePressed();
        return;
    }
    const bool lineFeed = event->text() == QLatin1String("\n") && event->modifiers() == Qt::NoModifier;
    if (lineFeed && event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter && !isReadOnly()) {
        SendScintilla(SCI_NEWLINE); // the Linefeed key, which Qt has no name for
        return;
    }
    QsciScintilla::keyPressEvent(event);
}

void SqlEditor::inputMethodEvent(QInputMethodEvent *event)
{
    finishArriving();
    QsciScintilla::inputMethodEvent(event);
}

bool SqlEditor::focusNextPrevChild(bool next)
{
    return m_leaving ? QWidget::focusNextPrevChild(next) : QsciScintilla::focusNextPrevChild(next);
}

void SqlEditor::focusInEvent(QFocusEvent *event)
{
    m_escaped = false;
    QsciScintilla::focusInEvent(event);
    update();
}

void SqlEditor::focusOutEvent(QFocusEvent *event)
{
    QsciScintilla::focusOutEvent(event);
    update();
}

} // namespace sqlgym::widgets
