// A few lines of text that Ctrl+Enter sends.
#pragma once

#include <QtWidgets/QPlainTextEdit>

namespace sqlgym::widgets {

/// Tab goes on to the next control. The window's own Ctrl+Enter and Ctrl+Shift+Enter are held back while one writes.
class SendEdit : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit SendEdit(QWidget *parent = nullptr);

    /// Pixels for so many lines of text.
    int heightOf(int lines) const;

signals:
    void sent();
    void left(); ///< Escape

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
};

} // namespace sqlgym::widgets
