#include "widgets/accessible.h"

#include "widgets/accessible_editor.h"
#include "widgets/notice_bar.h"
#include "widgets/sql_editor.h"

#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QAccessibleWidget>
#include <QtWidgets/QComboBox>

namespace sqlgym::widgets {

namespace {

class AccessibleCombo : public QAccessibleWidget {
public:
    explicit AccessibleCombo(QComboBox *box) : QAccessibleWidget(box, QAccessible::ComboBox) {}

    QString text(QAccessible::Text text) const override
    {
        if (text == QAccessible::Description || text == QAccessible::Value)
            return box()->currentText();
        return QAccessibleWidget::text(text);
    }
    int childCount() const override { return 1; }
    QAccessibleInterface *child(int index) const override
    {
        return index == 0 ? QAccessible::queryAccessibleInterface(box()->view()) : nullptr;
    }
    int indexOfChild(const QAccessibleInterface *child) const override
    {
        return child && child->object() == box()->view() ? 0 : -1;
    }
    QStringList actionNames() const override { return {showMenuAction(), pressAction()}; }
    void doAction(const QString &action) override
    {
        if (action != showMenuAction() && action != pressAction())
            return;
        box()->view()->isVisible() ? box()->hidePopup() : box()->showPopup();
    }

private:
    QComboBox *box() const { return static_cast<QComboBox *>(widget()); }
};

QAccessibleInterface *make(const QString &, QObject *object)
{
    if (!object || !object->isWidgetType())
        return nullptr;
    if (auto *editor = qobject_cast<SqlEditor *>(object))
        return new AccessibleEditor(editor);
    if (auto *box = qobject_cast<QComboBox *>(object); box && !box->isEditable())
        return new AccessibleCombo(box);
    if (auto *bar = qobject_cast<NoticeBar *>(object))
        return new QAccessibleWidget(bar, QAccessible::AlertMessage);
    return nullptr;
}

} // namespace

void installAccessibility() { QAccessible::installFactory(make); }

} // namespace sqlgym::widgets
