// Markdown as a page in the theme's colours: statements, explanations, help.
#pragma once

#include <QtWidgets/QTextBrowser>

namespace sqlgym::widgets {

class MarkdownView : public QTextBrowser {
    Q_OBJECT
public:
    explicit MarkdownView(QWidget *parent = nullptr);

    /// HTML inside the Markdown is shown as text; pictures are never fetched.
    void setMarkdownText(const QString &markdown);
    const QString &markdownText() const { return m_markdown; }

    QVariant loadResource(int type, const QUrl &name) override;

private:
    void render();

    QString m_markdown;
};

} // namespace sqlgym::widgets
