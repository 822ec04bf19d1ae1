// What the editor holds, as one text: opening, reading, replacing, and texts whose lines are too long to be laid out.
#include "widgets/sql_editor.h"

#include "assist/scan.h"
#include "base/text_position.h"

#include <QtGui/QAccessible>

#include <algorithm>

namespace sqlgym::widgets {

namespace {

constexpr int kMostScannedAtOnce = 128 << 10; ///< bytes; the statement in longer texts is looked for off this thread
constexpr int kMostScanned = 1 << 20;         ///< bytes; of longer texts Ctrl+Enter runs all
constexpr int kMostWrapped = 256 << 10;       ///< bytes; longer texts are not wrapped
constexpr qsizetype kMostTold = 256 << 10;    ///< bytes; of longer texts only screen readers hear of each change
constexpr qsizetype kShownOfLine = 1'000;     ///< bytes of a longer one, where lines are shortened

std::string_view viewOf(const QByteArray &bytes) { return {bytes.constData(), static_cast<std::size_t>(bytes.size())}; }

/// Calls `use(begin, end)` for every line, without its line feed.
template <typename Use> void forEachLine(const QByteArray &text, Use use)
{
    for (qsizetype begin = 0; begin <= text.size();) {
        const auto found = text.indexOf('\n', begin);
        const qsizetype end = found < 0 ? text.size() : found;
        use(begin, end);
        begin = end + 1;
    }
}

QByteArray shortened(const QByteArray &text)
{
    QByteArray out;
    forEachLine(text, [&](qsizetype begin, qsizetype end) {
        if (end - begin <= kShownOfLine) {
            out += QByteArrayView(text).sliced(begin, end - begin);
        } else {
            qsizetype cut = begin + kShownOfLine;
            while (cut > begin && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80)
                --cut;
            out += QByteArrayView(text).sliced(begin, cut - begin);
            out += "\u2026";
        }
        if (end < text.size())
            out += '\n';
    });
    return out;
}

} // namespace

void SqlEditor::openDocument(const QString &key, const QString &text)
{
    finishArriving();
    if (m_announced)
        onTextChanged();
    m_loading = true;
    keepPlace();
    m_key = key;
    m_takenOut = {};
    m_replaced = {};
    const bool fresh = !m_documents.contains(key);
    if (fresh) {
        m_documents.insert(key, QsciDocument());
        const QByteArray bytes = text.toUtf8();
        if (!canBeLaidOut(bytes))
            m_shortened.insert(key, {bytes, QsciDocument()});
        showDocument(m_documents[key]);
        if (!isShortened())
            fill(bytes);
    }
    if (isShortened()) {
        showShortened();
    } else if (!fresh) {
        showDocument(m_documents[key]);
        returnToPlace();
    }
    m_loading = m_announced = false;
    m_hasFindings = m_hasMarkers = true; // of another document, perhaps
    fitWrapping();
    m_statementTimer.start();
    emit shortenedChanged(isShortened());
}

void SqlEditor::keepPlace()
{
    if (m_documents.contains(m_key) && !isShortened())
        m_places.insert(m_key, {SendScintilla(SCI_GETANCHOR), SendScintilla(SCI_GETCURRENTPOS), firstLine()});
}

void SqlEditor::returnToPlace()
{
    const Place place = m_places.value(m_key);
    SendScintilla(SCI_SETSEL, static_cast<unsigned long>(place.anchor), place.caret);
    setFirstLine(place.firstLine);
}

void SqlEditor::showDocument(const QsciDocument &document)
{
    // Ten megabytes would be wrapped because the text before was short.
    SendScintilla(SCI_SETWRAPMODE, static_cast<unsigned long>(SC_WRAP_NONE));
    setDocument(document);
    setUpDocument();
    dress();
    fitWrapping();
}

/// A fresh document; nothing of it can be undone.
void SqlEditor::fill(const QByteArray &bytes)
{
    fitWrapping(bytes.size());
    SendScintilla(SCI_ADDTEXT, static_cast<unsigned long>(bytes.size()), bytes.constData());
    SendScintilla(SCI_EMPTYUNDOBUFFER);
    SendScintilla(SCI_GOTOPOS, 0UL);
}

void SqlEditor::showShortened()
{
    const bool loading = std::exchange(m_loading, true);
    Shortened &text = m_shortened[m_key];
    showDocument(text.shown);
    if (SendScintilla(SCI_GETLENGTH) == 0)
        fill(shortened(text.whole));
    setReadOnly(true);
    m_announced = false;
    m_loading = loading;
}

/// In place of all that is there; undo() goes back to it.
void SqlEditor::takeWhole(const QByteArray &bytes)
{
    m_shortened.insert(m_key, {bytes, QsciDocument()});
    showShortened();
    m_statementTimer.start();
    emit shortenedChanged(true);
    emit edited();
}

void SqlEditor::leaveShortened()
{
    m_loading = true;
    m_takenOut = m_shortened.take(m_key).whole;
    showDocument(m_documents[m_key]);
    m_loading = false;
    fitWrapping();
    m_statementTimer.start();
    emit shortenedChanged(false);
}

void SqlEditor::undo()
{
    finishArriving();
    if (!isShortened()) {
        const bool back = !m_replaced.whole.isEmpty() && utf8() == m_replaced.by;
        QsciScintilla::undo();
        if (back)
            takeWhole(std::exchange(m_replaced, {}).whole);
        return;
    }
    leaveShortened();
    emit edited();
}

void SqlEditor::redo()
{
    finishArriving();
    if (m_takenOut.isEmpty())
        QsciScintilla::redo();
    else
        takeWhole(std::exchange(m_takenOut, {}));
}

qsizetype SqlEditor::byteCount() const
{
    const auto shown = m_shortened.constFind(m_key);
    if (shown != m_shortened.cend())
        return shown->whole.size();
    return static_cast<qsizetype>(SendScintilla(SCI_GETLENGTH)) + m_arriving.size() - m_arrived;
}

QByteArray SqlEditor::utf8() const
{
    if (const auto shown = m_shortened.constFind(m_key); shown != m_shortened.cend())
        return shown->whole;
    const_cast<SqlEditor *>(this)->finishArriving();
    const auto length = static_cast<qsizetype>(SendScintilla(SCI_GETLENGTH));
    QByteArray text(length + 1, '\0');
    SendScintilla(SCI_GETTEXT, static_cast<unsigned long>(text.size()), text.data());
    text.chop(1);
    return text;
}

void SqlEditor::replaceAll(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    finishArriving();
    if (isShortened()) {
        leaveShortened();
        m_replaced = {m_takenOut, bytes};
    }
    if (!canBeLaidOut(bytes)) {
        takeWhole(bytes);
        return;
    }
    fitWrapping(bytes.size());
    m_wrappingFits = true; // for the moment without a text would have it wrapped
    SendScintilla(SCI_BEGINUNDOACTION);
    SendScintilla(SCI_CLEARALL);
    SendScintilla(SCI_ADDTEXT, static_cast<unsigned long>(bytes.size()), bytes.constData());
    SendScintilla(SCI_ENDUNDOACTION);
    m_wrappingFits = false;
}

std::optional<SqlEditor::Piece> SqlEditor::pieceToRun() const
{
    const QByteArray all = utf8();
    if (isShortened())
        return Piece{all, 0};
    const auto begin = static_cast<int>(SendScintilla(SCI_GETSELECTIONSTART));
    const auto end = static_cast<int>(SendScintilla(SCI_GETSELECTIONEND));
    if (end > begin && !all.mid(begin, end - begin).trimmed().isEmpty())
        return Piece{all.mid(begin, end - begin), begin};
    if (all.size() > kMostScanned)
        return Piece{all, 0};
    if (all.size() > kMostScannedAtOnce)
        return std::nullopt;
    const assist::Scan scan = assist::scanSql(viewOf(all));
    const auto *statement = assist::statementAt(scan, static_cast<std::size_t>(begin));
    if (!statement)
        return Piece();
    const auto from = static_cast<int>(statement->byteBegin);
    return Piece{all.mid(from, static_cast<int>(statement->byteEnd) - from), from};
}

int SqlEditor::cursorUtf16() const
{
    if (isShortened())
        return 0;
    const long at = SendScintilla(SCI_GETCURRENTPOS);
    // Where it lies: the text is not copied for that.
    const auto *bytes = static_cast<const char *>(SendScintillaPtrResult(SCI_GETCHARACTERPOINTER));
    return static_cast<int>(base::utf16Length({bytes, static_cast<std::size_t>(at)}, static_cast<std::size_t>(at)));
}

void SqlEditor::setCursorUtf16(int position)
{
    if (isShortened())
        return;
    const QByteArray before = QString::fromUtf8(utf8()).left(position).toUtf8();
    SendScintilla(SCI_GOTOPOS, static_cast<unsigned long>(before.size()));
}

void SqlEditor::replaceKeepingCursor(const QByteArray &text)
{
    if (text == utf8())
        return;
    if (isShortened() || !canBeLaidOut(text)) {
        replaceAll(QString::fromUtf8(text));
        return;
    }
    // The cursor stays behind the same word: words are what formatting keeps.
    const auto words = [](const char c) { return c > ' ' || static_cast<unsigned char>(c) >= 0x80; };
    const QByteArray before = utf8().left(cursorByte());
    const auto passed = std::count_if(before.begin(), before.end(), words);
    const int line = firstLine();
    SendScintilla(SCI_SETTARGETSTART, 0UL);
    SendScintilla(SCI_SETTARGETEND, static_cast<unsigned long>(SendScintilla(SCI_GETLENGTH)));
    SendScintilla(SCI_REPLACETARGET, static_cast<unsigned long>(text.size()), text.constData());
    qsizetype at = 0;
    for (qsizetype seen = 0; at < text.size() && seen < passed; ++at)
        seen += words(text[at]) ? 1 : 0;
    SendScintilla(SCI_GOTOPOS, static_cast<unsigned long>(at));
    setFirstLine(line);
}

void SqlEditor::fitWrapping(qsizetype bytes)
{
    if (m_wrappingFits)
        return;
    // Whoever is told of a change has counted the characters before it; of an announced one nothing is counted.
    const bool tells = bytes <= kMostTold || QAccessible::isActive();
    SendScintilla(SCI_SETMODEVENTMASK, static_cast<unsigned long>(tells ? kTold : kAnnounced));
    const bool wraps = bytes <= kMostWrapped && !isShortened();
    const auto mode = static_cast<unsigned long>(wraps ? SC_WRAP_WORD : SC_WRAP_NONE);
    if (SendScintilla(SCI_GETWRAPMODE) != static_cast<long>(mode))
        SendScintilla(SCI_SETWRAPMODE, mode);
}

} // namespace sqlgym::widgets
