#include "widgets/activity_view.h"

#include "models/activity_model.h"
#include "widgets/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QStyledItemDelegate>

namespace sqlgym::widgets {

namespace {

constexpr int kLeastCell = 14;
constexpr int kMostCell = 22;

class DayDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Colors &c = colors();
        const int level = index.data(models::ActivityModel::LevelRole).toInt();
        if (level < 0)
            return;
        const auto *view = qobject_cast<const QTableView *>(option.widget);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const int room = std::min(option.rect.width(), option.rect.height()) - 4;
        constexpr double kParts[] = {0.3, 0.5, 0.66, 0.83, 1.0};
        const double side = std::max(3.0, room * kParts[level]);
        QRectF square(0, 0, side, side);
        square.moveCenter(QRectF(option.rect).center());
        painter->setPen(Qt::NoPen);
        painter->setBrush(level == 0 ? c.strongBorder : c.accent);
        if (index.data(models::ActivityModel::RestedRole).toBool()) {
            painter->setBrush(Qt::NoBrush);
            painter->setPen(QPen(c.accent, 1.6));
            square = QRectF(0, 0, room * 0.7, room * 0.7);
            square.moveCenter(QRectF(option.rect).center());
        }
        painter->drawRoundedRect(square, 2, 2);
        const bool isCurrent = view && view->hasFocus() && view->currentIndex() == index;
        if (isCurrent || index.data(models::ActivityModel::TodayRole).toBool()) {
            painter->setBrush(Qt::NoBrush);
            painter->setPen(QPen(isCurrent ? c.text : c.muted, isCurrent ? 2 : 1));
            painter->drawRoundedRect(QRectF(option.rect).adjusted(1, 1, -1, -1), 3, 3);
        }
        painter->restore();
    }
};

/// Month names over the week in which they begin: wider than a week.
class MonthHeader : public QHeaderView {
public:
    explicit MonthHeader(QWidget *parent) : QHeaderView(Qt::Horizontal, parent) {}

    QSize sizeHint() const override { return {0, QFontMetrics(textFont(TypeSize::Small)).height() + space::xs}; }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(viewport());
        painter.fillRect(viewport()->rect(), colors().base);
        painter.setFont(textFont(TypeSize::Small));
        painter.setPen(colors().muted);
        for (int column = 0; column < count(); ++column) {
            const QString name = model()->headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
            const int x = sectionViewportPosition(column);
            if (!name.isEmpty() && x + painter.fontMetrics().horizontalAdvance(name) <= viewport()->width())
                painter.drawText(x + 2, painter.fontMetrics().ascent(), name);
        }
    }
};

class DayHeader : public QHeaderView {
public:
    explicit DayHeader(QWidget *parent) : QHeaderView(Qt::Vertical, parent) {}

    QSize sizeHint() const override
    {
        return {QFontMetrics(textFont(TypeSize::Small)).horizontalAdvance("Wednn") + 4, 0};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(viewport());
        painter.fillRect(viewport()->rect(), colors().base);
        painter.setFont(textFont(TypeSize::Small));
        painter.setPen(colors().muted);
        for (int row = 0; row < count(); row += 2)
            painter.drawText(QRect(0, sectionViewportPosition(row) - 4, viewport()->width() - 6, sectionSize(row) + 8),
                             Qt::AlignRight | Qt::AlignVCenter,
                             model()->headerData(row, Qt::Vertical, Qt::DisplayRole).toString());
    }
};

} // namespace

ActivityView::ActivityView(QWidget *parent) : QTableView(parent)
{
    setHorizontalHeader(new MonthHeader(this));
    setVerticalHeader(new DayHeader(this));
    setItemDelegate(new DayDelegate(this));
    setShowGrid(false);
    setFrameShape(QFrame::NoFrame);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setTabKeyNavigation(false);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setCornerButtonEnabled(false);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    for (QHeaderView *header : {horizontalHeader(), verticalHeader()}) {
        header->setSectionResizeMode(QHeaderView::Fixed);
        header->setMinimumSectionSize(kLeastCell);
    }
    layOut();
    connect(&Theme::instance(), &Theme::changed, this, [this] {
        layOut();
        viewport()->update();
    });
}

void ActivityView::layOut()
{
    const int room = width() - verticalHeader()->sizeHint().width();
    const int cell = std::clamp(room / models::ActivityModel::kWeeks, kLeastCell, kMostCell);
    horizontalHeader()->setDefaultSectionSize(cell);
    verticalHeader()->setDefaultSectionSize(cell);
    updateGeometry();
}

QSize ActivityView::sizeHint() const
{
    const int cell = verticalHeader()->defaultSectionSize();
    const bool scrolls = cell * models::ActivityModel::kWeeks + verticalHeader()->sizeHint().width() > width();
    return {400, horizontalHeader()->sizeHint().height() + 7 * cell + (scrolls ? 18 : 2)};
}

QSize ActivityView::minimumSizeHint() const { return {200, sizeHint().height()}; }

void ActivityView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    layOut();
}

} // namespace sqlgym::widgets
