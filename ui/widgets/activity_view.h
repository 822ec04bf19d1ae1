// A year of days as squares that grow with what was done; walked with the arrow keys.
#pragma once

#include <QtWidgets/QTableView>

namespace sqlgym::widgets {

/// Shows a models::ActivityModel.
class ActivityView : public QTableView {
    Q_OBJECT
public:
    explicit ActivityView(QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void layOut();
};

} // namespace sqlgym::widgets
