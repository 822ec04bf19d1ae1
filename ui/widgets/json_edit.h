// JSON that people edit: coloured, with what is wrong underlined.
#pragma once

#include <QtWidgets/QPlainTextEdit>

namespace sqlgym::widgets {

/// Tab goes on to the next control.
class JsonEdit : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit JsonEdit(QWidget *parent = nullptr);

    /// Places in the text; what stands there is underlined until the text changes or others come.
    void markFaults(const QList<int> &places);
    /// From 1.
    int lineOf(int place) const;
    void goTo(int place);

private:
    void takeTheme();
};

} // namespace sqlgym::widgets
