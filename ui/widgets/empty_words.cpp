#include "widgets/empty_words.h"

#include "widgets/theme.h"

#include <QtCore/QEvent>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

namespace sqlgym::widgets {

EmptyWords::EmptyWords(QAbstractItemView *view, const QString &words)
    : QWidget(view->viewport()), m_view(view), m_words(new QLabel(words, this)), m_column(new QVBoxLayout(this))
{
    m_words->setWordWrap(true);
    m_words->setFont(textFont(TypeSize::Body)); // not the view's, which may be a monospace one
    connect(&Theme::instance(), &Theme::changed, this, [this] { m_words->setFont(textFont(TypeSize::Body)); });
    m_words->setAlignment(Qt::AlignCenter);
    m_column->setContentsMargins(space::l, space::l, space::l, space::l);
    m_column->setSpacing(space::m);
    m_column->addStretch(1);
    m_column->addWidget(m_words);
    m_column->addStretch(1);
    const auto *model = view->model();
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(model, signal, this, &EmptyWords::update);
    connect(model, &QAbstractItemModel::modelReset, this, &EmptyWords::update);
    connect(model, &QAbstractItemModel::layoutChanged, this, &EmptyWords::update);
    view->viewport()->installEventFilter(this);
    update();
}

void EmptyWords::setWords(const QString &words)
{
    m_words->setText(words);
    update();
}

QPushButton *EmptyWords::addButton(const QString &text)
{
    auto *button = new QPushButton(text, this);
    m_column->insertWidget(m_column->count() - 1, button, 0, Qt::AlignHCenter);
    return button;
}

void EmptyWords::update()
{
    setGeometry(m_view->viewport()->rect());
    setVisible(m_view->model()->rowCount() == 0 && !m_words->text().isEmpty());
}

bool EmptyWords::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        setGeometry(m_view->viewport()->rect());
    return QWidget::eventFilter(watched, event);
}

} // namespace sqlgym::widgets
