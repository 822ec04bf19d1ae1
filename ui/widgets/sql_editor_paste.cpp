// What is pasted or dropped: long texts come in slices, between which the window does its other work.
#include "widgets/sql_editor.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QMimeData>
#include <QtWidgets/QApplication>

#include <algorithm>
#include <array>
#include <utility>

namespace sqlgym::widgets {

namespace {

constexpr qsizetype kMostAtOnce = 128 << 10; ///< bytes; longer texts come in slices
constexpr qsizetype kPiece = 64 << 10;       ///< bytes; the clock is looked at after each
constexpr int kSliceMs = 8;
constexpr qsizetype kLongestLine = 64 << 10; ///< bytes; a line is laid out as a whole at every key, 450 ns a byte
constexpr qsizetype kPageLines = 50;
constexpr qsizetype kLongestPage = 96 << 10; ///< bytes of as many lines
constexpr char kRectangular[] = "text/x-qscintilla-rectangular";

/// As Scintilla does with what it pastes itself.
void useLineFeeds(QByteArray &text)
{
    if (!text.contains('\r'))
        return;
    char *out = text.data();
    const char *const end = text.constData() + text.size();
    for (const char *in = text.constData(); in < end; ++in) {
        if (*in == '\r' && in + 1 < end && in[1] == '\n')
            continue;
        *out++ = *in == '\r' ? '\n' : *in;
    }
    text.truncate(out - text.constData());
}

} // namespace

bool canBeLaidOut(const QByteArray &text)
{
    std::array<qsizetype, kPageLines> page{}; // the bytes of the last lines
    std::size_t at = 0;
    qsizetype inPage = 0;
    const char *begin = text.constData();
    const char *const end = begin + text.size();
    while (begin < end) {
        const char *stop = begin;
        while (stop < end && *stop != '\n') // lines are short: a call for each would cost more
            ++stop;
        const qsizetype length = stop - begin;
        inPage += length - std::exchange(page[at], length);
        at = (at + 1) % page.size();
        if (length > kLongestLine || inPage > kLongestPage)
            return false;
        begin = stop + 1;
    }
    return true;
}

QByteArray SqlEditor::fromMimeData(const QMimeData *source, bool &rectangular) const
{
    auto *self = const_cast<SqlEditor *>(this);
    self->finishArriving();
    rectangular = false;
    if (!source->hasText() || source->hasFormat(QLatin1String(kRectangular)))
        return QsciScintilla::fromMimeData(source, rectangular);
    QByteArray bytes = source->text().toUtf8();
    if (isReadOnly())
        return bytes;
    if (!canBeLaidOut(bytes)) {
        const QByteArray all = utf8();
        const auto begin = static_cast<qsizetype>(SendScintilla(SCI_GETSELECTIONSTART));
        const auto end = static_cast<qsizetype>(SendScintilla(SCI_GETSELECTIONEND));
        QMetaObject::invokeMethod(
            self,
            [self, key = m_key, whole = all.first(begin) + bytes + all.sliced(end)] {
                if (key == self->m_key && !self->isReadOnly())
                    self->takeWhole(whole);
            },
            Qt::QueuedConnection);
        return {};
    }
    // Scintilla ends what it inserts at a NUL.
    if (bytes.size() <= kMostAtOnce && !bytes.contains('\0'))
        return bytes;
    self->arrive(std::move(bytes));
    return {};
}

/// In place of the selection, which whoever asked for the text now takes away; together they are one step to undo.
void SqlEditor::arrive(QByteArray bytes)
{
    useLineFeeds(bytes);
    SendScintilla(SCI_BEGINUNDOACTION);
    const auto size = static_cast<qsizetype>(SendScintilla(SCI_GETLENGTH)) + bytes.size();
    fitWrapping(size);
    SendScintilla(SCI_ALLOCATE, static_cast<unsigned long>(size));
    SendScintilla(SCI_SETMODEVENTMASK, 0UL);
    m_arriving = std::move(bytes);
    m_arrived = 0;
    m_arriveAt = -1;
    m_arriveTimer.start();
}

/// A slice of it, or all of the rest.
void SqlEditor::arriveOn(bool all)
{
    QElapsedTimer clock;
    clock.start();
    if (m_arriveAt < 0)
        m_arriveAt = SendScintilla(SCI_GETCURRENTPOS);
    SendScintilla(SCI_SETEMPTYSELECTION, static_cast<unsigned long>(m_arriveAt)); // wherever a click has put it
    while (m_arrived < m_arriving.size() && (all || clock.elapsed() < kSliceMs)) {
        qsizetype end = std::min(m_arrived + kPiece, m_arriving.size());
        while (end < m_arriving.size() && (static_cast<unsigned char>(m_arriving[end]) & 0xC0) == 0x80)
            ++end;
        SendScintilla(SCI_ADDTEXT, static_cast<unsigned long>(end - m_arrived), m_arriving.constData() + m_arrived);
        m_arrived = end;
    }
    m_arriveAt = SendScintilla(SCI_GETCURRENTPOS);
    if (m_arrived < m_arriving.size())
        return;
    m_arriveTimer.stop();
    m_arriving = {};
    m_arrived = 0;
    SendScintilla(SCI_ENDUNDOACTION);
    SendScintilla(SCI_SCROLLCARET);
    onTextChanged();
    for (auto &key : std::exchange(m_waitingKeys, {}))
        QCoreApplication::postEvent(this, key.release());
}

/// Before somebody looks at the text or changes it.
void SqlEditor::finishArriving()
{
    if (isArriving())
        arriveOn(true);
}

} // namespace sqlgym::widgets
