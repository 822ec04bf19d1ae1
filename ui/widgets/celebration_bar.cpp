#include "widgets/celebration_bar.h"

#include "widgets/badge_art.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QtCore/QPropertyAnimation>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QGraphicsOpacityEffect>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

namespace sqlgym::widgets {

namespace {

constexpr int kFadeMs = 300;

}

CelebrationBar::CelebrationBar(QWidget *parent) : QFrame(parent), m_art(new QLabel), m_words(new QLabel)
{
    setAccessibleName(tr("Badge earned"));
    setAutoFillBackground(true);
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
    row->setContentsMargins(space::m, space::xs, space::m, space::xs);
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
    const QString words = others == 0   ? tr("Badge earned: %1").arg(name)
                          : others == 1 ? tr("Badges earned: %1 and one more").arg(name)
                                        : tr("Badges earned: %1 and %2 more").arg(name).arg(others);
    m_words->setText(words);
    setAccessibleDescription(words);
    takeTheme();
    show();
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

void CelebrationBar::takeTheme()
{
    QPalette own = Theme::palette(colors());
    own.setColor(QPalette::Window, colors().successFill);
    setPalette(own);
    m_words->setFont(textFont(TypeSize::Body, true));
    m_art->setPixmap(badgeArt(m_motif, m_rarity, 32, true, devicePixelRatioF()));
}

} // namespace sqlgym::widgets
