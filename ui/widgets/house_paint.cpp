#include "widgets/house_paint.h"

#include "widgets/house_style.h"

#include <QtGui/QPainter>
#include <QtWidgets/QAbstractSpinBox>
#include <QtWidgets/QStyleOption>

#include <utility>

namespace sqlgym::widgets {

void roundedPanel(QPainter *painter, const QRect &rect, const QColor &fill, const QColor &line, double width,
                  double radius)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(line.isValid() ? QPen(line, width) : QPen(Qt::NoPen));
    painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
    const double inset = width / 2;
    painter->drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius);
    painter->restore();
}

void drawTab(const QStyleOptionTab &tab, QPainter *painter)
{
    const Colors &c = colors();
    const bool selected = tab.state & QStyle::State_Selected;
    const bool hover = tab.state & QStyle::State_MouseOver;
    if (hover && !selected)
        painter->fillRect(tab.rect.adjusted(0, 0, 0, -1), c.raised);
    if (selected) {
        QRect line = tab.rect;
        line.setTop(line.bottom() - 2);
        painter->fillRect(line, c.accent);
    }
}

void drawMenuBar(const QRect &rect, QPainter *painter, const QColor &fill)
{
    painter->fillRect(rect, fill);
    painter->fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), colors().border);
}

void drawHeaderSection(const QStyleOptionHeader &header, QPainter *painter)
{
    const Colors &c = colors();
    painter->fillRect(header.rect, c.raised);
    painter->fillRect(QRect(header.rect.left(), header.rect.bottom(), header.rect.width(), 1), c.border);
    painter->fillRect(QRect(header.rect.right(), header.rect.top(), 1, header.rect.height()), c.border);
}

void drawScrollBar(const QStyleOptionSlider &bar, QPainter *painter, const QRect &slider)
{
    const Colors &c = colors();
    painter->fillRect(bar.rect, c.base);
    QRect handle = slider.adjusted(3, 3, -3, -3);
    if (handle.width() < 4 || handle.height() < 4)
        handle = slider;
    const bool active = bar.state & (QStyle::State_MouseOver | QStyle::State_Sunken);
    QColor fill = c.strongBorder;
    fill.setAlphaF(active ? 1.0F : 0.6F);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(fill);
    painter->drawRoundedRect(handle, 3, 3);
    painter->restore();
}

void drawCombo(const QStyleOptionComboBox &combo, QPainter *painter, const QRect &arrow)
{
    const Colors &c = colors();
    const bool enabled = combo.state & QStyle::State_Enabled;
    const bool focus = combo.state & QStyle::State_HasFocus;
    const bool hover = combo.state & QStyle::State_MouseOver;
    roundedPanel(painter, combo.rect, hover && enabled ? c.raised : c.base, focus ? c.accent : c.border, focus ? 2 : 1);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(enabled ? c.muted : c.disabled, 1.5));
    const QPointF mid = QRectF(arrow).center();
    painter->drawPolyline(
        QPolygonF{{mid.x() - 3.5, mid.y() - 1.5}, {mid.x(), mid.y() + 2}, {mid.x() + 3.5, mid.y() - 1.5}});
    painter->restore();
}

void drawCommandButton(const QStyleOption &option, QPainter *painter, const QWidget *widget)
{
    const Colors &c = colors();
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool down = option.state & (QStyle::State_Sunken | QStyle::State_On);
    const bool hover = option.state & QStyle::State_MouseOver;
    const bool focus = option.state & QStyle::State_HasFocus;
    if (widget && widget->property(kPrimaryProperty).toBool() && enabled) {
        const QColor fill = down ? c.accent.darker(115) : hover ? c.accent.lighter(108) : c.accent;
        roundedPanel(painter, option.rect, fill, {});
        if (focus)
            roundedPanel(painter, option.rect.adjusted(2, 2, -2, -2), {}, c.onAccent, 1.5);
        return;
    }
    const QColor fill = !enabled ? c.window : down || hover ? c.raised : c.base;
    roundedPanel(painter, option.rect, fill, focus ? c.accent : enabled ? c.border : c.grid, focus ? 2 : 1);
}

void drawCheckBox(const QStyleOption &option, QPainter *painter)
{
    const Colors &c = colors();
    const bool enabled = option.state & QStyle::State_Enabled;
    const bool on = option.state & QStyle::State_On;
    const QRect box = option.rect.adjusted(1, 1, -1, -1);
    const QColor edge = !enabled ? c.disabled : on ? c.accent : c.strongBorder;
    roundedPanel(painter, box, on && enabled ? c.accent : c.base, edge, 1, 2);
    if (!on)
        return;
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(enabled ? c.onAccent : c.disabled, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    const QRectF r(box);
    painter->drawPolyline(QPolygonF{{r.left() + r.width() * 0.25, r.top() + r.height() * 0.55},
                                    {r.left() + r.width() * 0.43, r.top() + r.height() * 0.72},
                                    {r.left() + r.width() * 0.76, r.top() + r.height() * 0.30}});
    painter->restore();
}

void drawSpinBox(const QStyleOptionSpinBox &spin, QPainter *painter, const QRect &up, const QRect &down)
{
    const Colors &c = colors();
    const bool enabled = spin.state & QStyle::State_Enabled;
    const bool focus = spin.state & QStyle::State_HasFocus;
    roundedPanel(painter, spin.rect, enabled ? c.base : c.window, focus ? c.accent : c.border, focus ? 2 : 1);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    for (const auto &[where, step] :
         {std::pair(up, QAbstractSpinBox::StepUpEnabled), std::pair(down, QAbstractSpinBox::StepDownEnabled)}) {
        const double tip = step == QAbstractSpinBox::StepUpEnabled ? -2 : 2;
        const QPointF mid = QRectF(where).center();
        painter->setPen(QPen(enabled && spin.stepEnabled & step ? c.muted : c.disabled, 1.5));
        painter->drawPolyline(QPolygonF{
            {mid.x() - 3, mid.y() - tip / 2}, {mid.x(), mid.y() + tip / 2}, {mid.x() + 3, mid.y() - tip / 2}});
    }
    painter->restore();
}

void drawTabClose(const QStyleOption &option, QPainter *painter)
{
    const Colors &c = colors();
    const bool hover = option.state & QStyle::State_MouseOver && option.state & QStyle::State_Enabled;
    if (hover)
        roundedPanel(painter, option.rect, c.selection, {});
    const QRectF cross = QRectF(option.rect).adjusted(5, 5, -5, -5);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(hover ? c.text : c.muted, 1.5, Qt::SolidLine, Qt::RoundCap));
    painter->drawLine(cross.topLeft(), cross.bottomRight());
    painter->drawLine(cross.topRight(), cross.bottomLeft());
    painter->restore();
}

void drawToolButton(const QStyleOption &option, QPainter *painter)
{
    const Colors &c = colors();
    const bool down = option.state & (QStyle::State_Sunken | QStyle::State_On);
    if (down)
        roundedPanel(painter, option.rect, c.selection, {});
    else if (option.state & QStyle::State_MouseOver)
        roundedPanel(painter, option.rect, c.raised, {});
    if (option.state & QStyle::State_HasFocus)
        roundedPanel(painter, option.rect, {}, c.accent, 2);
}

} // namespace sqlgym::widgets
