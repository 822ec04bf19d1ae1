#include "widgets/accessible_editor.h"

#include "widgets/sql_editor.h"

#include <QtGui/QFontMetrics>

#include <algorithm>

namespace sqlgym::widgets {

using Sci = QsciScintillaBase;

AccessibleEditor::AccessibleEditor(SqlEditor *editor) : QAccessibleWidget(editor, QAccessible::EditableText) {}

SqlEditor *AccessibleEditor::editor() const { return static_cast<SqlEditor *>(widget()); }

long AccessibleEditor::send(unsigned message, unsigned long w, long l) const
{
    return editor()->SendScintilla(message, w, l);
}

unsigned long AccessibleEditor::byteOf(int offset) const
{
    if (offset >= characterCount())
        return static_cast<unsigned long>(send(Sci::SCI_GETLENGTH));
    const long byte = send(Sci::SCI_POSITIONRELATIVECODEUNITS, 0, std::max(offset, 0));
    return static_cast<unsigned long>(std::max(byte, 0L));
}

int AccessibleEditor::offsetOf(long byte) const { return static_cast<int>(send(Sci::SCI_COUNTCODEUNITS, 0, byte)); }

void *AccessibleEditor::interface_cast(QAccessible::InterfaceType type)
{
    if (type == QAccessible::TextInterface)
        return static_cast<QAccessibleTextInterface *>(this);
    if (type == QAccessible::EditableTextInterface)
        return static_cast<QAccessibleEditableTextInterface *>(this);
    return QAccessibleWidget::interface_cast(type);
}

QAccessible::State AccessibleEditor::state() const
{
    auto state = QAccessibleWidget::state();
    state.selectableText = true;
    state.multiLine = true;
    state.readOnly = editor()->isReadOnly();
    state.editable = !state.readOnly;
    return state;
}

QString AccessibleEditor::text(QAccessible::Text text) const
{
    return text == QAccessible::Value ? this->text(0, characterCount()) : QAccessibleWidget::text(text);
}

void AccessibleEditor::selection(int index, int *start, int *end) const
{
    *start = *end = 0;
    if (index < 0 || index >= selectionCount())
        return;
    const auto which = static_cast<unsigned long>(index);
    *start = offsetOf(send(Sci::SCI_GETSELECTIONNSTART, which));
    *end = offsetOf(send(Sci::SCI_GETSELECTIONNEND, which));
}

int AccessibleEditor::selectionCount() const
{
    return send(Sci::SCI_GETSELECTIONEMPTY) ? 0 : static_cast<int>(send(Sci::SCI_GETSELECTIONS));
}

void AccessibleEditor::addSelection(int start, int end)
{
    const bool first = selectionCount() == 0;
    send(first ? Sci::SCI_SETSELECTION : Sci::SCI_ADDSELECTION, byteOf(end), static_cast<long>(byteOf(start)));
}

void AccessibleEditor::removeSelection(int index)
{
    if (index >= 0 && index < selectionCount())
        send(Sci::SCI_SETEMPTYSELECTION, static_cast<unsigned long>(send(Sci::SCI_GETCURRENTPOS)));
}

void AccessibleEditor::setSelection(int index, int start, int end)
{
    if (index < 0 || index >= std::max(1, selectionCount()))
        return;
    const auto which = static_cast<unsigned long>(index);
    send(Sci::SCI_SETSELECTIONNANCHOR, which, static_cast<long>(byteOf(start)));
    send(Sci::SCI_SETSELECTIONNCARET, which, static_cast<long>(byteOf(end)));
}

int AccessibleEditor::cursorPosition() const { return offsetOf(send(Sci::SCI_GETCURRENTPOS)); }

void AccessibleEditor::setCursorPosition(int position) { send(Sci::SCI_GOTOPOS, byteOf(position)); }

QString AccessibleEditor::text(int start, int end) const
{
    const auto from = byteOf(start);
    const auto to = std::max(from, byteOf(end));
    QByteArray bytes(static_cast<qsizetype>(to - from) + 1, '\0');
    editor()->SendScintilla(Sci::SCI_GETTEXTRANGE, static_cast<long>(from), static_cast<long>(to), bytes.data());
    bytes.chop(1);
    return QString::fromUtf8(bytes);
}

int AccessibleEditor::characterCount() const { return offsetOf(send(Sci::SCI_GETLENGTH)); }

QRect AccessibleEditor::characterRect(int offset) const
{
    const auto byte = static_cast<long>(byteOf(offset));
    const auto next = static_cast<long>(byteOf(offset + 1));
    const auto x = static_cast<int>(send(Sci::SCI_POINTXFROMPOSITION, 0, byte));
    const auto y = static_cast<int>(send(Sci::SCI_POINTYFROMPOSITION, 0, byte));
    const auto right = static_cast<int>(send(Sci::SCI_POINTXFROMPOSITION, 0, next));
    const auto line = static_cast<unsigned long>(send(Sci::SCI_LINEFROMPOSITION, static_cast<unsigned long>(byte)));
    const auto height = static_cast<int>(send(Sci::SCI_TEXTHEIGHT, line));
    return {editor()->viewport()->mapToGlobal(QPoint(x, y)), QSize(std::max(right - x, 1), height)};
}

int AccessibleEditor::offsetAtPoint(const QPoint &point) const
{
    const QPoint local = editor()->viewport()->mapFromGlobal(point);
    const long byte = send(Sci::SCI_POSITIONFROMPOINTCLOSE, static_cast<unsigned long>(local.x()), local.y());
    return byte < 0 ? -1 : offsetOf(byte);
}

void AccessibleEditor::scrollToSubstring(int start, int end)
{
    send(Sci::SCI_SCROLLRANGE, byteOf(end), static_cast<long>(byteOf(start)));
}

QString AccessibleEditor::attributes(int offset, int *start, int *end) const
{
    // One run: colours repeat what the words say.
    *start = std::min(0, offset);
    *end = characterCount();
    return QStringLiteral("font-family:monospace;");
}

void AccessibleEditor::deleteText(int start, int end) { replaceText(start, end, {}); }

void AccessibleEditor::insertText(int offset, const QString &text) { replaceText(offset, offset, text); }

void AccessibleEditor::replaceText(int start, int end, const QString &text)
{
    if (editor()->isReadOnly())
        return;
    const QByteArray bytes = text.toUtf8();
    send(Sci::SCI_SETTARGETSTART, byteOf(start));
    send(Sci::SCI_SETTARGETEND, byteOf(end));
    editor()->SendScintilla(Sci::SCI_REPLACETARGET, static_cast<unsigned long>(bytes.size()), bytes.constData());
}

} // namespace sqlgym::widgets
