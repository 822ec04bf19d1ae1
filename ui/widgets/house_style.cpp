#include "widgets/house_style.h"

#include "widgets/house_paint.h"
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
    case PM_MenuBarItemSpacing:
    case PM_MenuBarPanelWidth:
        return 0;
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
    case CE_MenuBarEmptyArea:
        drawMenuBar(option->rect, painter, c.window);
        return;
    case CE_MenuBarItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option)) {
            drawMenuBar(item->rect, painter, item->state & State_Selected ? c.selection : c.window);
            const int letter =
                styleHint(SH_UnderlineShortcut, item, widget, nullptr) ? Qt::TextShowMnemonic : Qt::TextHideMnemonic;
            drawItemText(painter, item->rect, int(Qt::AlignCenter) | int(Qt::TextSingleLine) | letter, item->palette,
                         item->state & State_Enabled, item->text, QPalette::WindowText);
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
