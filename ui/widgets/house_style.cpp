#include "widgets/house_style.h"

#include "widgets/icons.h"
#include "widgets/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QStyleOption>
#include <QtWidgets/QTabBar>

namespace sqlgym::widgets {

namespace {

void roundedPanel(QPainter *painter, const QRect &rect, const QColor &fill, const QColor &line, double width = 1,
                  double radius = space::radius)
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

} // namespace

HouseStyle::HouseStyle() : QProxyStyle(QStringLiteral("Fusion")) {}

void HouseStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || qobject_cast<QTabBar *>(widget) ||
        qobject_cast<QComboBox *>(widget) || qobject_cast<QScrollBar *>(widget))
        widget->setAttribute(Qt::WA_Hover);
}

int HouseStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_SplitterWidth:
        return 5;
    case PM_TabBarTabHSpace:
        return space::m;
    case PM_TabBarTabVSpace:
        return 2 * space::s;
    case PM_TabBarTabShiftVertical:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarBaseOverlap:
    case PM_TabBarTabOverlap:
        return 0;
    case PM_TabCloseIndicatorWidth:
    case PM_TabCloseIndicatorHeight:
        return space::l + 2;
    case PM_ScrollBarExtent:
        return 12;
    case PM_ScrollView_ScrollBarSpacing:
        return 0;
    case PM_HeaderMargin:
        return space::xs + 2;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return space::s;
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin:
        return space::l;
    case PM_MenuPanelWidth:
        return 1;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
        return 0;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int HouseStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                          QStyleHintReturn *result) const
{
    switch (hint) {
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_EtchDisabledText:
    case SH_TabBar_PreferNoArrows:
    case SH_Widget_Animation_Duration:
        return 0;
    case SH_Table_GridLineColor:
        return static_cast<int>(colors().grid.rgb());
    default:
        return QProxyStyle::styleHint(hint, option, widget, result);
    }
}

QIcon HouseStyle::standardIcon(StandardPixmap which, const QStyleOption *option, const QWidget *widget) const
{
    return which == SP_LineEditClearButton ? icon("close") : QProxyStyle::standardIcon(which, option, widget);
}

void HouseStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                               const QWidget *widget) const
{
    const Colors &c = colors();
    const bool focus = option->state & State_HasFocus;
    switch (element) {
    case PE_FrameFocusRect:
        if (option->state & State_KeyboardFocusChange || !qobject_cast<const QAbstractItemView *>(widget))
            roundedPanel(painter, option->rect, {}, c.accent, 1.5);
        return;
    case PE_Frame: {
        const bool inside = focus || (widget && widget->hasFocus());
        const bool popup = widget && widget->isWindow(); // lies over others, and must not flow into them
        painter->save();
        painter->setPen(QPen(inside ? c.accent : popup ? c.strongBorder : c.border, 1));
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    }
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option)) {
            if (frame->lineWidth > 0)
                roundedPanel(painter, option->rect, c.base, focus ? c.accent : c.border, focus ? 2 : 1);
            else
                painter->fillRect(option->rect, option->palette.base());
            return;
        }
        break;
    case PE_PanelMenu:
        painter->fillRect(option->rect, c.base);
        return;
    case PE_FrameMenu:
        painter->save();
        painter->setPen(c.strongBorder);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
        return;
    case PE_PanelScrollAreaCorner:
        painter->fillRect(option->rect, c.base);
        return;
    case PE_IndicatorTabTearLeft:
    case PE_IndicatorTabTearRight:
        painter->fillRect(option->rect, c.window);
        painter->fillRect(
            QRect(option->rect.center().x(), option->rect.top() + space::s, 1, option->rect.height() - 2 * space::s),
            c.border);
        return;
    case PE_FrameLineEdit:
    case PE_FrameTabWidget:
    case PE_FrameStatusBarItem:
        return;
    case PE_FrameTabBarBase:
        if (const auto *base = qstyleoption_cast<const QStyleOptionTabBarBase *>(option))
            painter->fillRect(QRect(base->rect.left(), base->rect.bottom(), base->rect.width(), 1), c.border);
        return;
    case PE_IndicatorCheckBox:
        drawCheckBox(*option, painter);
        return;
    case PE_IndicatorTabClose:
        drawTabClose(*option, painter);
        return;
    case PE_PanelButtonCommand:
        drawCommandButton(*option, painter, widget);
        return;
    case PE_PanelButtonTool:
        drawToolButton(*option, painter);
        return;
    case PE_PanelStatusBar:
        painter->fillRect(option->rect, c.window);
        painter->fillRect(QRect(option->rect.left(), option->rect.top(), option->rect.width(), 1), c.border);
        return;
    default:
        break;
    }
    QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void HouseStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                             const QWidget *widget) const
{
    const Colors &c = colors();
    switch (element) {
    case CE_ComboBoxLabel:
        if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option); combo && !combo->editable) {
            QStyleOptionComboBox copy(*combo);
            const int icon = combo->currentIcon.isNull() ? 0 : combo->iconSize.width() + space::xs;
            const QRect room = subControlRect(CC_ComboBox, combo, SC_ComboBoxEditField, widget);
            copy.currentText =
                combo->fontMetrics.elidedText(combo->currentText, Qt::ElideRight, room.width() - icon - space::xs);
            QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
        break;
    case CE_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
            item && item->menuItemType == QStyleOptionMenuItem::Separator && item->text.isEmpty()) {
            painter->fillRect(
                QRect(item->rect.left() + space::s, item->rect.center().y(), item->rect.width() - 2 * space::s, 1),
                c.border);
            return;
        }
        break;
    case CE_TabBarTabShape:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            drawTab(*tab, painter);
            return;
        }
        break;
    case CE_TabBarTabLabel:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option)) {
            QStyleOptionTab copy(*tab);
            const bool selected = tab->state & State_Selected;
            copy.palette.setColor(QPalette::WindowText, selected ? c.text : c.muted);
            QProxyStyle::drawControl(element, &copy, painter, widget);
            return;
        }
        break;
    case CE_Splitter: {
        const bool hover = option->state & (State_MouseOver | State_Sunken);
        painter->fillRect(option->rect, c.window);
        const QPoint mid = option->rect.center();
        const QRect line = option->state & State_Horizontal
                               ? QRect(mid.x(), option->rect.top(), 1, option->rect.height())
                               : QRect(option->rect.left(), mid.y(), option->rect.width(), 1);
        painter->fillRect(hover ? option->rect.adjusted(1, 1, -1, -1) : line, hover ? c.accent : c.border);
        return;
    }
    case CE_HeaderSection:
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            drawHeaderSection(*header, painter);
            return;
        }
        break;
    case CE_HeaderEmptyArea:
        if (!(option->state & State_Horizontal)) {
            painter->fillRect(option->rect, c.base);
            return;
        }
        painter->fillRect(option->rect, c.raised);
        painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1), c.border);
        return;
    case CE_ProgressBarGroove:
        roundedPanel(painter, option->rect, c.raised, c.border);
        return;
    case CE_ProgressBarContents:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option)) {
            const double range = std::max(1, bar->maximum - bar->minimum);
            QRect done = bar->rect.adjusted(1, 1, -1, -1);
            done.setWidth(qRound(done.width() * (bar->progress - bar->minimum) / range));
            if (done.width() > 2)
                roundedPanel(painter, done, c.selection, c.accent);
            return;
        }
        break;
    case CE_ProgressBarLabel:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option)) {
            painter->setPen(c.text);
            painter->drawText(bar->rect, Qt::AlignCenter, bar->text);
            return;
        }
        break;
    case CE_PushButtonLabel:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            if (widget && widget->property(kPrimaryProperty).toBool() && button->state & State_Enabled) {
                QStyleOptionButton copy(*button);
                copy.palette.setColor(QPalette::ButtonText, c.onAccent);
                QProxyStyle::drawControl(element, &copy, painter, widget);
                return;
            }
        }
        break;
    default:
        break;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void HouseStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                    const QWidget *widget) const
{
    if (control == CC_ScrollBar) {
        if (const auto *bar = qstyleoption_cast<const QStyleOptionSlider *>(option)) {
            drawScrollBar(*bar, painter, subControlRect(CC_ScrollBar, bar, SC_ScrollBarSlider, widget));
            return;
        }
    }
    if (control == CC_ComboBox) {
        const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option);
        if (combo && !combo->editable) {
            drawCombo(*combo, painter, subControlRect(CC_ComboBox, combo, SC_ComboBoxArrow, widget));
            return;
        }
    }
    if (control == CC_SpinBox) {
        if (const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option)) {
            drawSpinBox(*spin, painter, subControlRect(CC_SpinBox, spin, SC_SpinBoxUp, widget),
                        subControlRect(CC_SpinBox, spin, SC_SpinBoxDown, widget));
            return;
        }
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

QRect HouseStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const QRect rect = QProxyStyle::subElementRect(element, option, widget);
    if (element == SE_TabWidgetLeftCorner || element == SE_TabWidgetRightCorner) {
        const QRect bar = QProxyStyle::subElementRect(SE_TabWidgetTabBar, option, widget);
        return {rect.left(), bar.top(), rect.width(), bar.height()}; // whatever is there, the line below goes on
    }
    if (element == SE_LineEditContents)
        return rect.adjusted(space::xs, 0, -space::xs, 0);
    return element == SE_CheckBoxFocusRect ? rect.adjusted(-3, 0, 3, 0) & option->rect : rect;
}

QSize HouseStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                   const QWidget *widget) const
{
    QSize out = QProxyStyle::sizeFromContents(type, option, size, widget);
    switch (type) {
    case CT_PushButton:
        return {out.width() + space::s, std::max(out.height(), option->fontMetrics.height() + 12)};
    case CT_LineEdit:
    case CT_ComboBox:
        return {out.width(), std::max(out.height(), option->fontMetrics.height() + 12)};
    case CT_SpinBox:
        return {out.width() + space::l, std::max(out.height(), option->fontMetrics.height() + 12)};
    case CT_MenuItem:
        return {out.width() + space::s, out.height() + 2};
    default:
        return out;
    }
}

} // namespace sqlgym::widgets
