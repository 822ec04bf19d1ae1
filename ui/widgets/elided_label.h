// A line of words that gives way to its neighbours: what does not fit is in the tooltip.
#pragma once

#include <QtWidgets/QLabel>

namespace sqlgym::widgets {

/// What of `text` fits into so many lines of this width, the last ending in an ellipsis where there is more.
QString elidedToLines(const QString &text, const QFont &font, int width, int lines);

class ElidedLabel : public QLabel {
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget *parent = nullptr);

    void setText(const QString &text);
    const QString &fullText() const { return m_text; }

protected:
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void layText();

    QString m_text;
};

} // namespace sqlgym::widgets
