// The editor's text for screen readers.
#pragma once

#include <QtWidgets/QAccessibleWidget>

namespace sqlgym::widgets {

class SqlEditor;

/// Offsets are UTF-16 units from the document's start; ranges reach at most to its end.
class AccessibleEditor : public QAccessibleWidget,
                         public QAccessibleTextInterface,
                         public QAccessibleEditableTextInterface {
public:
    explicit AccessibleEditor(SqlEditor *editor);

    void *interface_cast(QAccessible::InterfaceType type) override;
    QAccessible::State state() const override;
    QString text(QAccessible::Text text) const override;

    void selection(int index, int *start, int *end) const override;
    int selectionCount() const override;
    void addSelection(int start, int end) override;
    void removeSelection(int index) override;
    void setSelection(int index, int start, int end) override;
    int cursorPosition() const override;
    void setCursorPosition(int position) override;
    QString text(int start, int end) const override;
    int characterCount() const override;
    QRect characterRect(int offset) const override;
    int offsetAtPoint(const QPoint &point) const override;
    void scrollToSubstring(int start, int end) override;
    QString attributes(int offset, int *start, int *end) const override;

    void deleteText(int start, int end) override;
    void insertText(int offset, const QString &text) override;
    void replaceText(int start, int end, const QString &text) override;

private:
    SqlEditor *editor() const;
    long send(unsigned message, unsigned long w = 0, long l = 0) const;
    unsigned long byteOf(int offset) const;
    int offsetOf(long byte) const;
};

} // namespace sqlgym::widgets
