#include "layout_facts.h"

#include "widgets/elided_label.h"

#include <QtGui/QAccessible>
#include <QtGui/QFontMetrics>
#include <QtGui/QScreen>
#include <QtTest/QtTest>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QAbstractScrollArea>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLayout>
#include <QtWidgets/QMenu>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QStackedLayout>
#include <QtWidgets/QStyle>
#include <QtWidgets/QStyleOptionComboBox>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTableView>

namespace sqlgym {

namespace {

constexpr int kRounding = 1; ///< pixels

QString spoken(QWidget *widget)
{
    auto *reader = QAccessible::queryAccessibleInterface(widget);
    return reader ? reader->text(QAccessible::Name) : QString();
}

QString nameOf(const QWidget *widget)
{
    const QString name = spoken(const_cast<QWidget *>(widget));
    return name.isEmpty() ? QString::fromLatin1(widget->metaObject()->className()) : name;
}

bool isPartOfAView(const QWidget *widget)
{
    const auto *area = qobject_cast<const QAbstractScrollArea *>(widget->parentWidget());
    return (area && area->viewport() == widget) || qobject_cast<const QHeaderView *>(widget) ||
           qobject_cast<const QScrollBar *>(widget) ||
           (widget->parentWidget() && qobject_cast<const QScrollBar *>(widget->parentWidget()));
}

/// In a page that scrolls, what lies below is reached by scrolling.
bool isScrolled(const QWidget *widget)
{
    for (const QWidget *each = widget->parentWidget(); each; each = each->parentWidget()) {
        if (qobject_cast<const QScrollArea *>(each))
            return true;
    }
    return false;
}

void checkWords(const QWidget *widget, QStringList &faults)
{
    if (const auto *button = qobject_cast<const QAbstractButton *>(widget);
        button && !button->text().isEmpty() && button->width() < button->sizeHint().width())
        faults << QStringLiteral("the button %1 is cut").arg(button->text());
    if (const auto *bar = qobject_cast<const QTabBar *>(widget)) {
        if (bar->count() > 0 && bar->tabRect(bar->count() - 1).right() > bar->width())
            faults << QStringLiteral("the tabs of %1 do not fit: %2 pixels in %3")
                          .arg(nameOf(widget))
                          .arg(bar->tabRect(bar->count() - 1).right())
                          .arg(bar->width());
    }
    if (const auto *box = qobject_cast<const QComboBox *>(widget)) {
        QStyleOptionComboBox option;
        option.initFrom(box);
        const int icon = box->itemIcon(box->currentIndex()).isNull() ? 0 : box->iconSize().width() + 4;
        const int room =
            box->style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, box).width();
        if (box->fontMetrics().horizontalAdvance(box->currentText()) + icon > room &&
            !box->toolTip().contains(box->currentText()))
            faults << QStringLiteral("the choice %1 is cut and in no tooltip").arg(box->currentText());
    }
    const auto *label = qobject_cast<const QLabel *>(widget);
    if (!label || label->text().isEmpty())
        return;
    if (label->wordWrap()) {
        if (label->hasHeightForWidth() && label->heightForWidth(label->width()) > label->height() + kRounding)
            faults << QStringLiteral("the words %1 are cut below: %2 pixels in %3")
                          .arg(label->text().left(40))
                          .arg(label->heightForWidth(label->width()))
                          .arg(label->height());
    } else if (label->width() + kRounding < label->minimumSizeHint().width() && label->toolTip().isEmpty()) {
        faults << QStringLiteral("the words %1 are cut and in no tooltip").arg(label->text());
    }
    if (label->text().contains(QChar(0x2026)) && label->text().endsWith(QChar(0x2026)) && label->toolTip().isEmpty() &&
        qobject_cast<const widgets::ElidedLabel *>(label))
        faults << QStringLiteral("the words %1 are cut and in no tooltip").arg(label->text());
}

void checkCells(const QAbstractItemView *view, QStringList &faults)
{
    const auto *model = view->model();
    if (!model || view->viewport()->height() <= 0)
        return;
    for (int y = 2; y < view->viewport()->height(); y += 8) {
        for (int x = 2; x < view->viewport()->width(); x += 24) {
            const QModelIndex index = view->indexAt(QPoint(x, y));
            if (!index.isValid() || qobject_cast<const QHeaderView *>(view))
                continue;
            QStyleOptionViewItem option;
            option.initFrom(view);
            option.font = view->font();
            option.fontMetrics = QFontMetrics(view->font());
            option.rect = view->visualRect(index);
            option.widget = view;
            const auto wanted = view->itemDelegate()->sizeHint(option, index);
            const bool told = !index.data(Qt::ToolTipRole).toString().isEmpty();
            if (wanted.width() > option.rect.width() + kRounding && !told) {
                const QString fault = QStringLiteral("%1: the cell %2 is cut and in no tooltip")
                                          .arg(nameOf(view), index.data().toString());
                if (!faults.contains(fault))
                    faults << fault;
            }
        }
    }
    const auto *table = qobject_cast<const QTableView *>(view);
    const QHeaderView *header = table ? table->horizontalHeader() : nullptr;
    for (int section = 0; header && header->isVisible() && section < header->count(); ++section) {
        if (header->isSectionHidden(section))
            continue;
        const QString words = model->headerData(section, Qt::Horizontal).toString();
        const bool told = !model->headerData(section, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty();
        if (!told && QFontMetrics(header->font()).horizontalAdvance(words) > header->sectionSize(section))
            faults << QStringLiteral("%1: the header %2 is cut and in no tooltip").arg(nameOf(view), words);
    }
}

void checkPlace(const QWidget *widget, const QWidget *window, QStringList &faults)
{
    const bool control = widget->focusPolicy() != Qt::NoFocus;
    if (!control || isScrolled(widget))
        return;
    if (!window->rect().contains(QRect(widget->mapTo(window, QPoint()), widget->size())))
        faults << QStringLiteral("%1 lies outside the window").arg(nameOf(widget));
    const QWidget *parent = widget->parentWidget();
    if (parent && !isPartOfAView(parent) && !parent->rect().intersects(widget->geometry()))
        faults << QStringLiteral("%1 lies outside %2").arg(nameOf(widget), nameOf(parent));
}

void checkLayout(const QLayout *layout, QStringList &faults)
{
    if (!layout || qobject_cast<const QStackedLayout *>(layout))
        return;
    QList<QWidget *> placed;
    for (int i = 0; i < layout->count(); ++i) {
        QWidget *widget = layout->itemAt(i)->widget();
        if (!widget || !widget->isVisible())
            continue;
        for (const QWidget *other : std::as_const(placed)) {
            const QRect common = other->geometry() & widget->geometry();
            if (common.width() > kRounding && common.height() > kRounding)
                faults << QStringLiteral("%1 lies over %2").arg(nameOf(widget), nameOf(other));
        }
        placed << widget;
    }
}

bool isTabStop(const QWidget *widget)
{
    return widget->isVisible() && widget->isEnabled() && (widget->focusPolicy() & Qt::TabFocus) &&
           !widget->focusProxy() && !isPartOfAView(widget);
}

} // namespace

QStringList layoutFaults(const QWidget *window)
{
    QStringList faults;
    for (auto *widget : window->findChildren<QWidget *>()) {
        if (!widget->isVisible() || widget->window() != window || isPartOfAView(widget))
            continue;
        checkWords(widget, faults);
        checkPlace(widget, window, faults);
        checkLayout(widget->layout(), faults);
        if (const auto *view = qobject_cast<const QAbstractItemView *>(widget))
            checkCells(view, faults);
        if (isTabStop(widget) && spoken(widget).isEmpty())
            faults << QStringLiteral("a %1 in %2 has no name")
                          .arg(QString::fromLatin1(widget->metaObject()->className()), nameOf(widget->parentWidget()));
    }
    return faults;
}

QStringList menuFaults(const QMenu *menu)
{
    QStringList faults, letters;
    const QString name = menu->title().remove(u'&');
    if (!menu->screen()->geometry().contains(menu->frameGeometry()))
        faults << QStringLiteral("the menu %1 leaves the screen").arg(name);
    if (menu->width() < menu->sizeHint().width() || menu->height() < menu->sizeHint().height())
        faults << QStringLiteral("the menu %1 is cut").arg(name);
    for (const QAction *action : menu->actions()) {
        if (action->isSeparator())
            continue;
        const QString text = action->text().section(u'\t', 0, 0);
        if (QString(text).remove(u'&').trimmed().isEmpty())
            faults << QStringLiteral("%1: a line without words").arg(name);
        const auto at = text.indexOf(u'&');
        const QString letter = at >= 0 ? text.mid(at + 1, 1).toLower() : QString();
        if (!letter.isEmpty() && letters.contains(letter))
            faults << QStringLiteral("%1: the letter of %2 stands twice").arg(name, text);
        letters << letter;
    }
    return faults;
}

QStringList tabOrder(QWidget *first)
{
    QStringList names;
    first->setFocus();
    for (int i = 0; i < 200; ++i) {
        QWidget *now = QApplication::focusWidget();
        if (!now || (i > 0 && now == first))
            break;
        names << nameOf(now);
        if (now->inherits("QsciScintilla"))
            QTest::keyClick(now, Qt::Key_Escape); // leaves its own use of Tab
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : now, Qt::Key_Tab);
    }
    return names;
}

QStringList tabStops(const QWidget *window)
{
    QStringList names;
    for (const auto *widget : window->findChildren<QWidget *>()) {
        if (widget->window() == window && isTabStop(widget))
            names << nameOf(widget);
    }
    return names;
}

} // namespace sqlgym
