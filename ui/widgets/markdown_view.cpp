#include "widgets/markdown_view.h"

#include "widgets/theme.h"

#include <QtGui/QTextBlock>
#include <QtGui/QTextTable>
#include <QtWidgets/QScrollBar>

namespace sqlgym::widgets {

namespace {

bool isCode(const QTextBlock &block)
{
    const QTextBlockFormat format = block.blockFormat();
    return format.hasProperty(QTextFormat::BlockCodeFence) || format.hasProperty(QTextFormat::BlockCodeLanguage);
}

/// The block's own text. (QTextCursor::BlockUnderCursor takes the end of the block before with it.)
QTextCursor textOf(const QTextBlock &block)
{
    QTextCursor cursor(block);
    cursor.movePosition(QTextCursor::EndOfBlock, QTextCursor::KeepAnchor);
    return cursor;
}

void styleBlock(const QTextBlock &block)
{
    const Colors &c = colors();
    QTextCursor cursor = textOf(block);
    QTextBlockFormat format = block.blockFormat();
    if (const int level = format.headingLevel(); level > 0) {
        format.setTopMargin(level <= 1 ? space::s : space::l);
        format.setBottomMargin(space::xs);
        QTextCharFormat text;
        text.setFont(textFont(level <= 1 ? TypeSize::Title : level == 2 ? TypeSize::Heading : TypeSize::Body, true));
        cursor.mergeCharFormat(text);
        cursor.setBlockFormat(format);
        return;
    }
    if (isCode(block)) {
        format.setBackground(c.raised);
        format.setLeftMargin(0);
        format.setTopMargin(isCode(block.previous()) ? 0 : space::s);
        format.setBottomMargin(isCode(block.next()) ? 0 : space::m);
        format.setNonBreakableLines(false);
        QTextCharFormat code;
        code.setFont(monospaceFont());
        cursor.mergeCharFormat(code);
        cursor.setBlockFormat(format);
        return;
    }
    if (!block.textList() && !cursor.currentTable()) {
        format.setTopMargin(space::xs);
        format.setBottomMargin(space::s);
    }
    format.setLineHeight(125, QTextBlockFormat::ProportionalHeight);
    cursor.setBlockFormat(format);
}

void styleInlineCode(QTextDocument *document)
{
    const Colors &c = colors();
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
        if (block.blockFormat().hasProperty(QTextFormat::BlockCodeFence))
            continue;
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment fragment = it.fragment();
            if (!fragment.charFormat().fontFixedPitch())
                continue;
            QTextCursor cursor(document);
            cursor.setPosition(fragment.position());
            cursor.setPosition(fragment.position() + fragment.length(), QTextCursor::KeepAnchor);
            QTextCharFormat code;
            code.setFontFamilies({monospaceFont().family()});
            code.setBackground(c.raised);
            cursor.mergeCharFormat(code);
        }
    }
}

void styleTables(QTextFrame *root)
{
    for (QTextFrame *frame : root->childFrames()) {
        auto *table = qobject_cast<QTextTable *>(frame);
        if (!table)
            continue;
        QTextTableFormat format = table->format();
        format.setBorder(1);
        format.setBorderCollapse(true);
        format.setBorderBrush(colors().border);
        format.setBorderStyle(QTextFrameFormat::BorderStyle_Solid);
        format.setCellPadding(space::xs);
        format.setCellSpacing(0);
        format.setTopMargin(space::xs);
        format.setBottomMargin(space::m);
        table->setFormat(format);
        QTextCursor all = table->firstCursorPosition();
        all.setPosition(table->lastCursorPosition().position(), QTextCursor::KeepAnchor);
        QTextCharFormat small;
        small.setFontPointSize(textFont(TypeSize::Small).pointSizeF());
        all.mergeCharFormat(small);
        for (int column = 0; column < table->columns(); ++column) {
            QTextTableCell cell = table->cellAt(0, column);
            QTextCharFormat head = cell.format();
            head.setBackground(colors().raised);
            cell.setFormat(head);
        }
    }
}

} // namespace

MarkdownView::MarkdownView(QWidget *parent) : QTextBrowser(parent)
{
    setOpenLinks(false);
    setUndoRedoEnabled(false);
    setFrameShape(QFrame::NoFrame);
    setWordWrapMode(QTextOption::WordWrap); // a name is not broken; where a table is too wide for that, one scrolls
    document()->setDocumentMargin(space::l);
    document()->setIndentWidth(space::l);
    // Caret browsing: a reader without a mouse can walk through the text and copy from it.
    setTextInteractionFlags(Qt::TextBrowserInteraction | Qt::TextSelectableByKeyboard);
    connect(&Theme::instance(), &Theme::changed, this, &MarkdownView::render);
}

void MarkdownView::setMarkdownText(const QString &markdown)
{
    if (markdown == m_markdown)
        return;
    m_markdown = markdown;
    render();
    verticalScrollBar()->setValue(0);
}

void MarkdownView::render()
{
    const int scrolled = verticalScrollBar()->value();
    document()->setDefaultFont(textFont(TypeSize::Body));
    document()->setMarkdown(m_markdown, QTextDocument::MarkdownFeatures(QTextDocument::MarkdownDialectGitHub |
                                                                        QTextDocument::MarkdownNoHTML));
    for (QTextBlock block = document()->begin(); block.isValid(); block = block.next())
        styleBlock(block);
    styleInlineCode(document());
    styleTables(document()->rootFrame());
    moveCursor(QTextCursor::Start);
    verticalScrollBar()->setValue(scrolled);
}

// Never nothing: for that Qt would look whether the name is one of a file.
QVariant MarkdownView::loadResource(int type, const QUrl &)
{
    if (type != QTextDocument::ImageResource)
        return QByteArray();
    QPixmap none(1, 1);
    none.fill(Qt::transparent);
    return none;
}

} // namespace sqlgym::widgets
