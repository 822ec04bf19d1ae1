#include "widgets/avatar.h"

#include "widgets/theme.h"

#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

namespace sqlgym::widgets {

Avatar::Avatar(int side, QWidget *parent) : QWidget(parent), m_side(side)
{
    setFixedSize(side, side);
    connect(&Theme::instance(), &Theme::changed, this, [this] { update(); });
}

void Avatar::setInitials(const QString &initials)
{
    m_initials = initials;
    update();
}

void Avatar::setPicture(const QImage &picture)
{
    m_picture = picture;
    update();
}

void Avatar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    const QRectF disc = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    QPainterPath round;
    round.addEllipse(disc);
    if (!m_picture.isNull()) {
        painter.setClipPath(round);
        painter.drawImage(rect(), m_picture);
        painter.setClipping(false);
    } else {
        painter.fillPath(round, colors().selection);
        QFont font = textFont(TypeSize::Body, true);
        font.setPixelSize(std::max(9, m_side * 2 / 5));
        painter.setFont(font);
        painter.setPen(colors().text);
        painter.drawText(rect(), Qt::AlignCenter, m_initials);
    }
    painter.setPen(QPen(colors().border, 1));
    painter.drawEllipse(disc);
}

} // namespace sqlgym::widgets
