#include "widgets/send_edit.h"

#include <QtGui/QKeyEvent>

namespace sqlgym::widgets {

namespace {

bool isSend(const QKeyEvent &key)
{
    return (key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter) && key.modifiers() & Qt::ControlModifier;
}

} // namespace

SendEdit::SendEdit(QWidget *parent) : QPlainTextEdit(parent) { setTabChangesFocus(true); }

int SendEdit::heightOf(int lines) const
{
    return lines * fontMetrics().lineSpacing() + 2 * static_cast<int>(document()->documentMargin()) + 2 * frameWidth() +
           2;
}

bool SendEdit::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && isSend(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return QPlainTextEdit::event(event);
}

void SendEdit::keyPressEvent(QKeyEvent *event)
{
    if (isSend(*event))
        emit sent();
    else if (event->key() == Qt::Key_Escape)
        emit left();
    else
        QPlainTextEdit::keyPressEvent(event);
}

} // namespace sqlgym::widgets
