#include "widgets/cell_view.h"

#include "models/labels.h"
#include "models/value_tree_model.h"
#include "widgets/header.h"
#include "widgets/row_delegate.h"
#include "widgets/theme.h"

#include <QtCore/QLocale>
#include <QtGui/QClipboard>
#include <QtWidgets/QApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTreeView>

#include <algorithm>

namespace sqlgym::widgets {

using models::fromUtf8;

namespace {

constexpr std::size_t kShownBytes = 50'000; ///< of a longer text only the beginning is laid out
constexpr std::size_t kLongWord = 1'000;    ///< bytes; a text with longer ones is broken anywhere
constexpr int kExpandedNodes = 500;         ///< trees up to this size are open at first
constexpr int kWidestPart = 120;
constexpr int kSideBySide = 360; ///< width from which the tree stands beside the text, not below

QString number(std::size_t count) { return QLocale().toString(static_cast<qulonglong>(count)); }

std::size_t charactersIn(std::string_view utf8)
{
    return static_cast<std::size_t>(std::ranges::count_if(utf8, [](char c) { return (c & 0xC0) != 0x80; }));
}

/// Looking for the ends of words is dear where there are none.
bool hasLongWord(std::string_view text)
{
    std::size_t word = 0;
    return std::ranges::any_of(text, [&word](char c) {
        word = c == ' ' || c == '\n' ? 0 : word + 1;
        return word > kLongWord;
    });
}

std::string_view beginning(std::string_view text)
{
    if (text.size() <= kShownBytes)
        return text;
    std::size_t end = kShownBytes;
    while (end > 0 && (text[end] & 0xC0) == 0x80)
        --end;
    return text.substr(0, end);
}

} // namespace

CellView::CellView(QWidget *parent)
    : QWidget(parent), m_about(new QLabel(this)), m_text(new QPlainTextEdit), m_tree(new QTreeView),
      m_parts(new QSplitter(Qt::Vertical, this)), m_model(new models::ValueTreeModel(this))
{
    m_about->setTextFormat(Qt::RichText);
    m_about->setWordWrap(true);
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setAccessibleName(tr("Text of the cell"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setTabChangesFocus(true);
    m_text->document()->setDocumentMargin(space::m);
    m_tree->setModel(m_model);
    m_tree->setAccessibleName(tr("Parts of the cell"));
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    m_tree->setItemDelegate(new RowDelegate(m_tree));
    m_tree->setIndentation(space::l);
    dressHeader(m_tree->header());
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->header()->setStretchLastSection(true);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->hide();
    m_parts->setChildrenCollapsible(false);
    m_parts->addWidget(m_text);
    m_parts->addWidget(m_tree);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    m_about->setContentsMargins(space::m, space::xs, space::m, space::xs);
    column->addWidget(m_about);
    column->addWidget(m_parts, 1);
    takeFonts();
    connect(&Theme::instance(), &Theme::changed, this, &CellView::takeFonts);
    clear();
}

void CellView::takeFonts()
{
    m_about->setFont(textFont(TypeSize::Small));
    m_text->setFont(monospaceFont());
    m_tree->setFont(monospaceFont());
}

void CellView::clear()
{
    m_value.reset();
    tell(tr("No cell"), tr("Choose a cell in the table."));
    m_text->clear();
    m_text->setPlaceholderText({});
    m_tree->hide();
    m_model->setTree({});
}

void CellView::setCell(const QString &column, const QString &type, std::optional<std::string_view> value)
{
    m_value = value ? std::optional<std::string>(*value) : std::nullopt;
    const std::string_view shown = value ? beginning(*value) : std::string_view();
    QString size;
    if (!value) {
        size = tr("NULL");
        m_text->setPlaceholderText(tr("NULL: there is no value here. That is not an empty text, and not zero."));
    } else {
        const std::size_t characters = charactersIn(*value);
        size = tr("%1 characters, %2 bytes").arg(number(characters), number(value->size()));
        if (characters == 1)
            size = value->size() == 1 ? tr("1 character, 1 byte") : tr("1 character, %1 bytes").arg(value->size());
        if (type == QLatin1String("bytea") && value->starts_with("\\x"))
            size = tr("%1 bytes, as %2 characters").arg(number((value->size() - 2) / 2), number(characters));
        if (shown.size() < value->size())
            size += tr("; the first %1 characters are shown, Copy takes all").arg(number(charactersIn(shown)));
        m_text->setPlaceholderText(tr("An empty text: a value, of no characters."));
    }
    m_text->clear(); // or the text before is laid out once more
    m_text->setWordWrapMode(hasLongWord(shown) ? QTextOption::WrapAnywhere : QTextOption::WrapAtWordBoundaryOrAnywhere);
    m_text->setPlainText(fromUtf8(shown));
    m_text->setAccessibleDescription(value && !value->empty() ? size : m_text->placeholderText());
    showTree(type);
    if (m_tree->isHidden() && value && value->size() > models::kMostTreeBytes && type.startsWith(QLatin1String("json")))
        size += tr("; too large for a tree");
    if (m_treeIsCut)
        size += tr("; the first %1 parts are listed").arg(number(models::kMostTreeNodes));
    tell(tr("%1: %2").arg(column, type), size);
}

void CellView::tell(const QString &title, const QString &about)
{
    m_about->setText(QStringLiteral("<b>%1</b>&nbsp; %2").arg(title.toHtmlEscaped(), about.toHtmlEscaped()));
}

void CellView::showTree(const QString &type)
{
    std::optional<models::ValueTree> tree;
    if (m_value && (type == QLatin1String("json") || type == QLatin1String("jsonb")))
        tree = models::jsonTree(*m_value);
    else if (m_value && type.startsWith(u'_'))
        tree = models::arrayTree(*m_value, type == QLatin1String("_box") ? ';' : ',');
    const bool parts = tree && !tree->nodes.empty() && !tree->nodes.front().children.empty();
    const bool small = parts && tree->nodes.size() <= kExpandedNodes;
    m_treeIsCut = parts && tree->cut;
    m_model->setTree(parts ? std::move(*tree) : models::ValueTree());
    m_tree->setVisible(parts);
    if (!parts)
        return;
    m_tree->setRootIsDecorated(m_model->isNested());
    if (small)
        m_tree->expandAll();
    m_tree->resizeColumnToContents(0);
    m_tree->setColumnWidth(0, std::min(m_tree->columnWidth(0), std::max(kWidestPart, m_tree->width() / 2)));
}

void CellView::copy() const
{
    if (m_value)
        QApplication::clipboard()->setText(fromUtf8(*m_value));
}

void CellView::focusText() { m_text->setFocus(Qt::OtherFocusReason); }

void CellView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_parts->setOrientation(width() >= kSideBySide ? Qt::Horizontal : Qt::Vertical);
}

} // namespace sqlgym::widgets
