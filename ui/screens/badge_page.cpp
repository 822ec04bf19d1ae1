#include "screens/badge_page.h"

#include "models/labels.h"
#include "widgets/badge_art.h"
#include "widgets/row_paint.h"
#include "widgets/theme.h"

#include <QtCore/QDateTime>
#include <QtCore/QLocale>
#include <QtGui/QPainter>
#include <QtGui/QStandardItemModel>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListView>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QStyledItemDelegate>

namespace sqlgym::screens {

using widgets::TypeSize;

namespace {

constexpr int kArt = 64;

QString rarityLabel(const QString &rarity)
{
    const QStringList labels{BadgePage::tr("Common"), BadgePage::tr("Uncommon"), BadgePage::tr("Rare"),
                             BadgePage::tr("Epic"), BadgePage::tr("Legendary")};
    return labels[std::max<qsizetype>(widgets::rarities().indexOf(rarity), 0)];
}

QString stateWords(const session::BadgeView &badge)
{
    if (badge.earned) {
        const QString day =
            QLocale().toString(QDateTime::fromMSecsSinceEpoch(badge.earnedAt / 1000).date(), QLocale::LongFormat);
        return badge.confirmed ? BadgePage::tr("Earned on %1.").arg(day)
                               : BadgePage::tr("Earned on %1, not yet confirmed by the server.").arg(day);
    }
    return badge.understood ? models::fromUtf8(badge.progress.words)
                            : BadgePage::tr("This version of SQLGym cannot tell how far you are.");
}

QString partWords(const progress::BadgeProgress &progress)
{
    QString lines;
    for (const auto &part : progress.parts)
        lines += QStringLiteral("\n%1 %2").arg(part.earned() ? QStringLiteral("\u2713") : QStringLiteral("\u2013"),
                                               models::fromUtf8(part.words));
    return lines;
}

class BadgeDelegate : public QStyledItemDelegate {
public:
    BadgeDelegate(const std::vector<session::BadgeView> &badges, QObject *parent)
        : QStyledItemDelegate(parent), m_badges(badges)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        const QFontMetrics name(widgets::textFont(TypeSize::Body, true));
        return {std::max(136, name.averageCharWidth() * 19), kArt + 3 * name.height() + 4 * widgets::space::s + 8};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const auto &badge = m_badges[static_cast<std::size_t>(index.row())];
        const auto &c = widgets::colors();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRect tile = option.rect.adjusted(3, 3, -3, -3);
        const bool chosen = option.state.testFlag(QStyle::State_Selected);
        const bool focused = chosen && option.state.testFlag(QStyle::State_Active) && option.widget->hasFocus();
        painter->setPen(QPen(focused ? c.accent : chosen ? c.strongBorder : c.border, focused ? 2 : 1));
        painter->setBrush(chosen ? c.selection : c.base);
        painter->drawRoundedRect(tile, widgets::space::radius, widgets::space::radius);
        const QPixmap art =
            widgets::badgeArt(badge.icon, badge.rarity, kArt, badge.earned, painter->device()->devicePixelRatioF());
        painter->drawPixmap(tile.center().x() - kArt / 2, tile.top() + widgets::space::s, art);
        QRect words = tile.adjusted(widgets::space::xs, kArt + 2 * widgets::space::s, -widgets::space::xs, 0);
        painter->setFont(widgets::textFont(TypeSize::Small, true));
        painter->setPen(c.text);
        words.setHeight(2 * painter->fontMetrics().height());
        painter->drawText(words, Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap, badge.name);
        QRect below(tile.left() + widgets::space::m, tile.bottom() - widgets::space::m - 6,
                    tile.width() - 2 * widgets::space::m, 6);
        if (!badge.earned && badge.understood) {
            painter->setPen(QPen(c.strongBorder, 1));
            painter->setBrush(Qt::NoBrush);
            painter->drawRoundedRect(below, 3, 3);
            const double reached =
                std::clamp(static_cast<double>(badge.progress.done) / std::max(1, badge.progress.goal), 0.0, 1.0);
            QRectF part(below);
            part.setWidth(below.width() * reached);
            painter->setPen(Qt::NoPen);
            painter->setBrush(c.accent);
            if (reached > 0)
                painter->drawRoundedRect(part, 3, 3);
        } else if (badge.earned) {
            painter->setFont(widgets::textFont(TypeSize::Small));
            painter->setPen(c.success);
            painter->drawText(below.adjusted(0, -8, 0, 6), Qt::AlignCenter,
                              badge.confirmed ? BadgePage::tr("\u2713 earned") : BadgePage::tr("\u2713 not confirmed"));
        }
        painter->restore();
    }

private:
    const std::vector<session::BadgeView> &m_badges;
};

} // namespace

BadgePage::BadgePage(QWidget *parent)
    : QWidget(parent), m_model(new QStandardItemModel(this)), m_grid(new QListView), m_art(new QLabel),
      m_name(new QLabel), m_kind(new QLabel), m_about(new QLabel), m_state(new QLabel), m_bar(new QProgressBar),
      m_count(new QLabel)
{
    m_grid->setAccessibleName(tr("Badges"));
    m_grid->setModel(m_model);
    m_grid->setItemDelegate(new BadgeDelegate(m_badges, m_grid));
    m_grid->setViewMode(QListView::IconMode);
    m_grid->setMovement(QListView::Static);
    m_grid->setResizeMode(QListView::Adjust);
    m_grid->setUniformItemSizes(true);
    m_grid->setFrameShape(QFrame::NoFrame);
    m_grid->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_grid->viewport()->setAutoFillBackground(false);
    connect(m_grid->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex &index) { showBadge(index.row()); });

    auto *details = new QFrame;
    details->setAccessibleName(tr("Chosen badge"));
    details->setFrameShape(QFrame::StyledPanel);
    details->setAutoFillBackground(true);
    details->setBackgroundRole(QPalette::Base);
    details->setFixedWidth(260);
    auto *column = new QVBoxLayout(details);
    column->setContentsMargins(widgets::space::l, widgets::space::l, widgets::space::l, widgets::space::l);
    column->setSpacing(widgets::space::s);
    for (QLabel *label : {m_art, m_name, m_kind, m_about, m_state}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        column->addWidget(label);
    }
    m_art->setAlignment(Qt::AlignHCenter);
    column->addWidget(m_bar);
    column->addStretch(1);

    auto *left = new QVBoxLayout;
    left->setSpacing(widgets::space::s);
    left->addWidget(m_count);
    left->addWidget(m_grid, 1);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(widgets::space::l, widgets::space::l, widgets::space::l, widgets::space::l);
    row->setSpacing(widgets::space::l);
    row->addLayout(left, 1);
    row->addWidget(details);
    takeTheme();
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, &BadgePage::takeTheme);
}

void BadgePage::takeTheme()
{
    m_name->setFont(widgets::textFont(TypeSize::Heading, true));
    m_kind->setFont(widgets::textFont(TypeSize::Small));
    m_about->setFont(widgets::textFont(TypeSize::Body));
    m_state->setFont(widgets::textFont(TypeSize::Body));
    m_count->setFont(widgets::textFont(TypeSize::Body));
    showBadge(m_grid->currentIndex().row());
    m_grid->viewport()->update();
}

void BadgePage::setBadges(std::vector<session::BadgeView> badges)
{
    const QString chosen = m_name->text();
    m_badges = std::move(badges);
    std::ranges::stable_sort(m_badges, {}, [](const session::BadgeView &badge) {
        return std::max<qsizetype>(widgets::rarities().indexOf(badge.rarity), 0);
    });
    m_model->clear();
    int current = 0;
    qsizetype earned = 0;
    for (const auto &badge : m_badges) {
        auto *item = new QStandardItem(badge.name);
        item->setEditable(false);
        item->setData(tr("%1. %2. %3").arg(badge.name, rarityLabel(badge.rarity), stateWords(badge)),
                      Qt::AccessibleTextRole);
        if (badge.name == chosen)
            current = m_model->rowCount();
        earned += badge.earned ? 1 : 0;
        m_model->appendRow(item);
    }
    m_count->setText(m_badges.empty() ? tr("The catalogue has no badges.")
                                      : tr("%1 of %2 earned").arg(earned).arg(m_badges.size()));
    m_grid->setCurrentIndex(m_model->index(current, 0));
    showBadge(m_grid->currentIndex().row());
}

void BadgePage::showBadge(int row)
{
    if (row < 0 || row >= static_cast<int>(m_badges.size())) {
        for (QLabel *label : {m_art, m_name, m_kind, m_about, m_state})
            label->clear();
        m_bar->hide();
        return;
    }
    const auto &badge = m_badges[static_cast<std::size_t>(row)];
    m_art->setPixmap(widgets::badgeArt(badge.icon, badge.rarity, 96, badge.earned, devicePixelRatioF()));
    m_name->setText(badge.name);
    m_kind->setText(tr("%1, %2 XP").arg(rarityLabel(badge.rarity)).arg(badge.points));
    m_about->setText(badge.understood ? models::fromUtf8(badge.progress.criteria) : badge.description);
    m_state->setText(stateWords(badge) + (badge.earned ? QString() : partWords(badge.progress)));
    m_bar->setVisible(!badge.earned && badge.understood);
    m_bar->setRange(0, std::max(badge.progress.goal, 1));
    m_bar->setValue(std::clamp(badge.progress.done, 0, badge.progress.goal));
    m_bar->setFormat(QStringLiteral("%1 / %2").arg(badge.progress.done).arg(badge.progress.goal));
    m_bar->setAccessibleName(badge.name);
}

} // namespace sqlgym::screens
