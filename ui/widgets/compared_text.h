// A text to be read, alone or as what changed from one to another.
#pragma once

#include "models/line_difference.h"

#include <QtWidgets/QPlainTextEdit>

namespace sqlgym::widgets {

/// Changed lines carry a sign as well as a colour. Very long texts are cut, and say so.
class ComparedText : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit ComparedText(QWidget *parent = nullptr);

    void showText(const QString &text);
    void showComparison(const std::vector<models::ComparedLine> &lines);

private:
    void takeTheme();
    void markLines();

    std::vector<models::ComparedLine::Kind> m_kinds; ///< of the lines; none for a text alone
};

} // namespace sqlgym::widgets
