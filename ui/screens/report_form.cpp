#include "screens/report_form.h"

#include "widgets/theme.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

namespace sqlgym::screens {

ReportForm::ReportForm(QWidget *parent) : QFrame(parent), m_reason(new QComboBox)
{
    using namespace widgets;
    setAccessibleName(tr("Report"));
    auto *words = new QLabel(tr("&What is wrong?"));
    words->setBuddy(m_reason);
    m_reason->setAccessibleName(tr("Reason of the report"));
    m_reason->addItems({tr("Spam or advertising"), tr("Insulting or hateful"), tr("Gives a solution away"),
                        tr("Dangerous or misleading"), tr("Something else")});
    auto *send = new QPushButton(tr("Send the report"));
    auto *cancel = new QPushButton(tr("Cancel"));
    auto *row = new QHBoxLayout;
    row->addWidget(words);
    row->addWidget(m_reason, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(send);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::l, space::xs, space::l, space::xs);
    column->setSpacing(space::xs);
    column->addLayout(row);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, &QWidget::hide);
    connect(send, &QPushButton::clicked, this, [this] {
        hide();
        emit reported(m_kind, m_id, m_reason->currentText());
    });
    hide();
}

void ReportForm::open(const QString &kind, const QString &id)
{
    m_kind = kind;
    m_id = id;
    show();
    m_reason->setFocus(Qt::OtherFocusReason);
}

} // namespace sqlgym::screens
