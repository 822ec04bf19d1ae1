#include "widgets/test_delegate.h"

#include "models/tests_model.h"
#include "widgets/icons.h"
#include "widgets/theme.h"

namespace sqlgym::widgets {

using grading::Outcome;
using models::TestsModel;

namespace {

QIcon symbolOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Match:
        return icon("verdict-right", colors().success);
    case Outcome::Unsupported:
    case Outcome::DependsOnOrder:
        return icon("verdict-warning", colors().warning);
    case Outcome::Cancelled:
    case Outcome::Failed:
        return icon("verdict-info", colors().accentText);
    default:
        return icon("verdict-wrong", colors().danger);
    }
}

} // namespace

void TestDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    RowDelegate::initStyleOption(option, index);
    const bool locked = index.column() == TestsModel::Name && index.data(TestsModel::HiddenRole).toBool();
    if (index.column() != TestsModel::OutcomeColumn && !locked)
        return;
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->icon = locked ? icon("lock") : symbolOf(static_cast<Outcome>(index.data(TestsModel::OutcomeRole).toInt()));
    option->decorationSize = {option->fontMetrics.height(), option->fontMetrics.height()};
}

} // namespace sqlgym::widgets
