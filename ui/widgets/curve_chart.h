// A curve that only rises: what came together over time. The numbers belong in a table beside it.
#pragma once

#include <QtCore/QDate>
#include <QtWidgets/QWidget>

#include <vector>

namespace sqlgym::widgets {

struct CurvePoint {
    QDate day;
    int value = 0;
};

class CurveChart : public QWidget {
    Q_OBJECT
public:
    explicit CurveChart(const QString &title, QWidget *parent = nullptr);

    /// In order of days; the first and the last say what is shown.
    void setPoints(std::vector<CurvePoint> points);
    QSize sizeHint() const override { return {420, 200}; }
    QSize minimumSizeHint() const override { return {240, 140}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_title;
    std::vector<CurvePoint> m_points;
};

} // namespace sqlgym::widgets
