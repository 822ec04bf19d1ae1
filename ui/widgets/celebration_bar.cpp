#include "widgets/celebration_bar.h"

#include "widgets/badge_art.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QtCore/QPropertyAnimation>
#include <QtCore/QTimer>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QGraphicsOpacityEffect>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

#include <algorithm>

namespace sqlgym::widgets {

namespace {

constexpr int kFadeMs = 300;
constexpr int kStayMs = 15'000;
constexpr int kWidest = 440; ///< logical pixels
constexpr int kWords = 240;  ///< logical pixels, before they wrap

} // namespace

CelebrationBar::CelebrationBar(QWidget *over)
    : QFrame(over), m_stay(new QTimer(this)), m_art(new QLabel), m_words(new QLabel)
{
    Q_ASSERT(over); // without one it would be a window
    setAccessibleName(tr("Badge earned"));
    setAutoFillBackground(true);
    over->installEventFilter(this);
    m_stay->setInterval(kStayMs);
    connect(m_stay, &QTimer::timeout, this, &CelebrationBar::leave);
    m_words->setTextFormat(Qt::PlainText);
    m_words->setWordWrap(true);
    auto *show = new QPushButton(tr("Show badges"));
    connect(show, &QPushButton::clicked, this, [this] {
        hide();
        emit badgesWanted();
    });
    auto *close = new QToolButton;
    close->setAutoRaise(true);
    close->setIcon(icon("close"));
    close->setAccessibleName(tr("Close this notice"));
    close->setToolTip(tr("Close this notice"));
    connect(close, &QToolButton::clicked, this, &QWidget::hide);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::m, space::s, space::s, space::s);
    row->setSpacing(space::m);
    row->addWidget(m_art);
    row->addWidget(m_words, 1);
    row->addWidget(show);
    row->addWidget(close);
    takeTheme();
    connect(&Theme::instance(), &Theme::changed, this, &CelebrationBar::takeTheme);
}

void CelebrationBar::celebrate(const QString &name, const QString &motif, const QString &rarity, int others,
                               bool motion)
{
    m_motif = motif;
    m_rarity = rarity;
    takeTheme();
    const QString words = others == 0   ? tr("Badge earned: %1").arg(name)
                          : others == 1 ? tr("Badges earned: %1 and one more").arg(name)
                                        : tr("Badges earned: %1 and %2 more").arg(name).arg(others);
    m_words->setText(words);
    m_words->setMinimumWidth(std::min(QFontMetrics(m_words->font()).horizontalAdvance(words) + space::s, kWords));
    setAccessibleDescription(words);
    place();
    raise();
    show();
    m_stay->start();
    if (!motion)
        return;
    auto *effect = new QGraphicsOpacityEffect(this);
    effect->setOpacity(0);
    setGraphicsEffect(effect);
    auto *fade = new QPropertyAnimation(effect, "opacity", effect);
    fade->setDuration(kFadeMs);
    fade->setEndValue(1.0);
    connect(fade, &QPropertyAnimation::finished, this, [this] { setGraphicsEffect(nullptr); });
    fade->start();
}

void CelebrationBar::leave()
{
    if (underMouse() || isAncestorOf(QApplication::focusWidget()))
        return; // asked again after the next interval
    m_stay->stop();
    hide();
}

bool CelebrationBar::event(QEvent *event)
{
    const bool done = QFrame::event(event);
    if (event->type() == QEvent::LayoutRequest) // other letters
        place();
    return done;
}

bool CelebrationBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        place();
    return QFrame::eventFilter(watched, event);
}

void CelebrationBar::place()
{
    const QRect room = parentWidget()->rect().adjusted(space::m, space::m, -space::m, -space::m);
    const int wished = std::max(minimumSizeHint().width(), std::min(sizeHint().width(), kWidest));
    const int width = std::min(wished, room.width());
    const int height = heightForWidth(width);
    setGeometry(room.right() - width + 1, room.bottom() - height + 1, width, height);
}

void CelebrationBar::paintEvent(QPaintEvent *event)
{
    QFrame::paintEvent(event);
    QPainter painter(this);
    painter.setPen(colors().success);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void CelebrationBar::takeTheme()
{
    QPalette own = Theme::palette(colors());
    own.setColor(QPalette::Window, colors().successFill);
    setPalette(own);
    m_words->setFont(textFont(TypeSize::Body, true));
    m_art->setPixmap(badgeArt(m_motif, m_rarity, 32, true, devicePixelRatioF()));
}

} // namespace sqlgym::widgets
