// How the house style paints its controls.
#pragma once

#include "widgets/theme.h"

class QPainter;
class QStyleOption;
class QStyleOptionComboBox;
class QStyleOptionHeader;
class QStyleOptionSlider;
class QStyleOptionSpinBox;
class QStyleOptionTab;
class QWidget;

namespace sqlgym::widgets {

void roundedPanel(QPainter *painter, const QRect &rect, const QColor &fill, const QColor &line, double width = 1,
                  double radius = space::radius);
void drawTab(const QStyleOptionTab &tab, QPainter *painter);
void drawMenuBar(const QRect &rect, QPainter *painter, const QColor &fill);
void drawHeaderSection(const QStyleOptionHeader &header, QPainter *painter);
void drawScrollBar(const QStyleOptionSlider &bar, QPainter *painter, const QRect &slider);
void drawCombo(const QStyleOptionComboBox &combo, QPainter *painter, const QRect &arrow);
void drawCommandButton(const QStyleOption &option, QPainter *painter, const QWidget *widget);
void drawCheckBox(const QStyleOption &option, QPainter *painter);
void drawSpinBox(const QStyleOptionSpinBox &spin, QPainter *painter, const QRect &up, const QRect &down);
void drawTabClose(const QStyleOption &option, QPainter *painter);
void drawToolButton(const QStyleOption &option, QPainter *painter);

} // namespace sqlgym::widgets
