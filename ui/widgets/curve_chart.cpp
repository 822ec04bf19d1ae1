#include "widgets/curve_chart.h"

#include "widgets/theme.h"

#include <QtCore/QLocale>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

#include <cmath>

namespace sqlgym::widgets {

namespace {

/// The next 1, 2 or 5 with noughts, so that four steps reach over `most`.
int stepFor(int most)
{
    for (int power = 1;; power *= 10) {
        for (const int digit : {1, 2, 5}) {
            if (digit * power * 4 >= most || power > 100'000'000)
                return digit * power;
        }
    }
}

} // namespace

CurveChart::CurveChart(const QString &title, QWidget *parent) : QWidget(parent), m_title(title)
{
    setAccessibleName(title);
    connect(&Theme::instance(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void CurveChart::setPoints(std::vector<CurvePoint> points)
{
    m_points = std::move(points);
    const QLocale locale;
    if (!m_points.empty())
        setAccessibleDescription(tr("From %1 on %2 to %3 on %4.")
                                     .arg(locale.toString(m_points.front().value),
                                          locale.toString(m_points.front().day, QLocale::ShortFormat),
                                          locale.toString(m_points.back().value),
                                          locale.toString(m_points.back().day, QLocale::ShortFormat)));
    update();
}

void CurveChart::paintEvent(QPaintEvent *)
{
    const Colors &c = colors();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(textFont(TypeSize::Body, true));
    painter.setPen(c.text);
    const int titleHeight = painter.fontMetrics().height();
    painter.drawText(QRect(0, 0, width(), titleHeight), Qt::AlignLeft, m_title);
    painter.setFont(textFont(TypeSize::Small));
    const QFontMetrics metrics = painter.fontMetrics();
    if (m_points.size() < 2)
        return;
    const QLocale locale;
    const int step = stepFor(std::max(m_points.back().value, 4));
    const int left = metrics.horizontalAdvance(locale.toString(step * 4)) + space::s;
    const QRectF plot(left, titleHeight + space::m, width() - left - space::s,
                      height() - titleHeight - space::m - metrics.height() - space::s);
    for (int i = 0; i <= 4; ++i) {
        const double y = plot.bottom() - plot.height() * i / 4;
        painter.setPen(QPen(i == 0 ? c.strongBorder : c.grid, 1));
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
        painter.setPen(c.muted);
        painter.drawText(QRectF(0, y - metrics.height() / 2.0, left - space::xs, metrics.height()),
                         Qt::AlignRight | Qt::AlignVCenter, locale.toString(step * i));
    }
    const QDate first = m_points.front().day;
    const double days = std::max<double>(1, static_cast<double>(first.daysTo(m_points.back().day)));
    const auto across = [&](const QDate &day) {
        return plot.left() + plot.width() * static_cast<double>(first.daysTo(day)) / days;
    };
    double free = plot.left();
    for (QDate month = QDate(first.year(), first.month(), 1).addMonths(1); month <= m_points.back().day;
         month = month.addMonths(1)) {
        const QString name = locale.standaloneMonthName(month.month(), QLocale::ShortFormat);
        const double x = across(month);
        painter.setPen(c.strongBorder);
        painter.drawLine(QPointF(x, plot.bottom()), QPointF(x, plot.bottom() + 3));
        const double wide = metrics.horizontalAdvance(name);
        if (x < free || x + wide > width())
            continue;
        painter.setPen(c.muted);
        painter.drawText(QPointF(x, height() - metrics.descent()), name);
        free = x + wide + space::s;
    }
    QPainterPath line;
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const QPointF at(across(m_points[i].day), plot.bottom() - plot.height() * m_points[i].value / (step * 4.0));
        i == 0 ? line.moveTo(at) : line.lineTo(at);
    }
    QPainterPath area = line;
    area.lineTo(plot.bottomRight());
    area.lineTo(plot.bottomLeft());
    QColor wash = c.accent;
    wash.setAlpha(36);
    painter.fillPath(area, wash);
    painter.setPen(QPen(c.accent, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(line);
    painter.setBrush(c.accent);
    painter.drawEllipse(line.currentPosition(), 3, 3);
}

} // namespace sqlgym::widgets
