// A problem that is being written: its title, and below it how it stands.
#pragma once

#include "widgets/row_delegate.h"

namespace sqlgym::widgets {

class DraftDelegate : public RowDelegate {
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace sqlgym::widgets
