// Lines of the Tests table: the outcome with a symbol, not by colour alone; a lock at hidden tests.
#pragma once

#include "widgets/row_delegate.h"

namespace sqlgym::widgets {

class TestDelegate : public RowDelegate {
    Q_OBJECT
public:
    using RowDelegate::RowDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace sqlgym::widgets
