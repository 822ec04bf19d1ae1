// A member of a definition as JSON text: what is wrong in it is told by line and underlined.
#pragma once

#include "screens/field_box.h"

#include <QtCore/QJsonValue>

namespace sqlgym::widgets {
class JsonEdit;
}

namespace sqlgym::screens {

class JsonField : public FieldBox {
    Q_OBJECT
public:
    /// `member`: "tables"; findings are at "/tables" and what is in it.
    JsonField(const QString &name, const QString &member, QWidget *parent = nullptr);

    void setValue(const QJsonValue &value);
    /// What was typed and is no JSON.
    void setText(const QString &text);
    /// The last that was JSON.
    const QJsonValue &value() const { return m_value; }
    /// Empty: it is JSON.
    QString brokenText() const;
    /// Pairs of a pointer and a line.
    void setPlaced(const QList<std::pair<QString, QString>> &findings, bool serious);

signals:
    void edited();

private:
    void onText();

    QString m_member;
    widgets::JsonEdit *m_edit;
    QString m_text;
    QJsonValue m_value;
    bool m_broken = false;
    bool m_filling = false;
};

} // namespace sqlgym::screens
