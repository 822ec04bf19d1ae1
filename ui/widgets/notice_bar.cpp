#include "widgets/notice_bar.h"

#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QtGui/QAccessible>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

#include <utility>

namespace sqlgym::widgets {

namespace {

struct Look {
    QColor ink, fill;
    const char *icon;
};

Look lookOf(NoticeKind kind)
{
    const Colors &c = colors();
    switch (kind) {
    case NoticeKind::Success:
        return {c.success, c.successFill, "verdict-right"};
    case NoticeKind::Warning:
        return {c.warning, c.warningFill, "verdict-warning"};
    case NoticeKind::Danger:
        return {c.danger, c.dangerFill, "verdict-wrong"};
    case NoticeKind::Busy:
        return {c.accentText, c.infoFill, "verdict-wait"};
    case NoticeKind::Info:
        break;
    }
    return {c.accentText, c.infoFill, "verdict-info"};
}

constexpr int kMostLines = 4; ///< of text; more would push aside what it is about

QString shownOf(const QString &text)
{
    QStringList lines = text.split(u'\n');
    if (lines.size() <= kMostLines)
        return text;
    const auto more = lines.size() - kMostLines + 1;
    lines = lines.first(kMostLines - 1);
    lines << NoticeBar::tr("and %1 more lines").arg(more);
    return lines.join(u'\n');
}

} // namespace

NoticeBar::NoticeBar(QWidget *parent)
    : QFrame(parent), m_icon(new QLabel(this)), m_words(new QLabel(this)), m_row(new QHBoxLayout(this))
{
    m_row->setContentsMargins(space::m, space::s, space::m, space::s);
    m_row->setSpacing(space::s);
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::RichText);
    m_words->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_words->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_row->addWidget(m_icon, 0, Qt::AlignTop);
    m_row->addWidget(m_words, 1);
    setVisible(false);
    connect(&Theme::instance(), &Theme::changed, this, &NoticeBar::takeTheme);
}

void NoticeBar::setNotice(NoticeKind kind, const QString &title, const QString &text)
{
    Q_ASSERT(parentWidget()); // it shows itself, and without a parent it would be a window
    m_kind = kind;
    m_title = title;
    m_body = text;
    for (QWidget *each : std::exchange(m_buttons, {})) {
        each->hide();
        each->deleteLater(); // perhaps it is what was clicked
    }
    const QString all = text.isEmpty() ? title : title + u' ' + text;
    setAccessibleDescription(all);
    m_words->setAccessibleName(all);
    takeTheme();
    // A screen reader reads an alert when it appears; what changes in one that is there goes unheard.
    const bool announced = QAccessible::isActive() && isVisible() && kind != NoticeKind::Busy;
    setVisible(true);
    for (const auto type : {QAccessible::ObjectHide, QAccessible::ObjectShow}) {
        if (announced) {
            QAccessibleEvent event(this, type);
            QAccessible::updateAccessibility(&event);
        }
    }
}

QString NoticeBar::text() const { return m_body; }

void NoticeBar::addButton(const QString &text, QObject *context, std::function<void()> clicked)
{
    auto *button = new QPushButton(text, this);
    connect(button, &QPushButton::clicked, context, std::move(clicked));
    m_row->insertWidget(2 + static_cast<int>(m_buttons.size()), button, 0, Qt::AlignVCenter);
    m_buttons << button;
}

void NoticeBar::setClosable(bool closable)
{
    if (closable && !m_close) {
        m_close = new QToolButton(this);
        m_close->setAutoRaise(true);
        m_close->setIcon(icon("close"));
        m_close->setAccessibleName(tr("Close this notice"));
        m_close->setToolTip(tr("Close this notice"));
        m_row->addWidget(m_close, 0, Qt::AlignTop);
        connect(m_close, &QToolButton::clicked, this, &QWidget::hide);
    }
    if (m_close)
        m_close->setVisible(closable);
}

void NoticeBar::takeTheme()
{
    const Look look = lookOf(m_kind);
    m_icon->setPixmap(iconPixmap(look.icon, fontMetrics().height() + 2, look.ink, devicePixelRatioF()));
    const QString shown = shownOf(m_body);
    m_words->setText(QStringLiteral("<b style=\"color:%1\">%2</b>%3%4")
                         .arg(look.ink.name(), m_title.toHtmlEscaped(),
                              m_body.isEmpty() ? QString() : QStringLiteral("&nbsp; "),
                              shown.toHtmlEscaped().replace(u'\n', QStringLiteral("<br>"))));
    m_words->setToolTip(shown == m_body ? QString() : m_body);
    update();
}

void NoticeBar::paintEvent(QPaintEvent *)
{
    const Look look = lookOf(m_kind);
    QPainter painter(this);
    painter.fillRect(rect(), look.fill);
    painter.fillRect(QRect(0, 0, 3, height()), look.ink);
}

} // namespace sqlgym::widgets
