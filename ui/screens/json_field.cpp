#include "screens/json_field.h"

#include "models/definition_text.h"
#include "widgets/json_edit.h"

namespace sqlgym::screens {

namespace {

widgets::JsonEdit *editOf(QWidget *field) { return qobject_cast<widgets::JsonEdit *>(field); }

} // namespace

JsonField::JsonField(const QString &name, const QString &member, QWidget *parent)
    : FieldBox(name, new widgets::JsonEdit, {u'/' + member}, true, parent), m_member(member), m_edit(editOf(field()))
{
    connect(m_edit, &QPlainTextEdit::textChanged, this, &JsonField::onText);
}

void JsonField::setValue(const QJsonValue &value)
{
    setText(value.isUndefined() || value.isNull() ? QStringLiteral("[]") : models::readableJson(value));
}

void JsonField::setText(const QString &text)
{
    m_filling = true;
    m_edit->setPlainText(text);
    m_filling = false;
}

QString JsonField::brokenText() const { return m_broken ? m_edit->toPlainText() : QString(); }

void JsonField::setPlaced(const QList<std::pair<QString, QString>> &findings, bool serious)
{
    if (m_broken)
        return; // that goes before
    QStringList lines;
    QList<int> places;
    const QString text = m_edit->toPlainText();
    for (const auto &[pointer, words] : findings) {
        const QString inside = pointer.mid(m_member.size() + 1);
        const int place = inside.isEmpty() ? -1 : models::placeOf(text, inside);
        lines << (place < 0 ? words : tr("Line %1: %2").arg(m_edit->lineOf(place)).arg(words));
        if (place >= 0)
            places << place;
    }
    m_edit->markFaults(places);
    setFindings(lines, serious);
}

void JsonField::onText()
{
    const QString text = m_edit->toPlainText();
    if (text == m_text)
        return; // new colours
    m_text = text;
    const models::ReadJson read = models::readJson(text);
    const bool whole = read.trouble.isEmpty() && read.value.isArray();
    if (whole) {
        m_value = read.value;
        if (m_broken) {
            setFindings({});
            m_edit->markFaults({});
        }
    } else if (read.trouble.isEmpty()) {
        setFindings({tr("Line 1: this has to be a list: [ \u2026 ].")});
        m_edit->markFaults({0});
    } else {
        setFindings({tr("Line %1: this is no JSON: %2.").arg(m_edit->lineOf(read.at)).arg(read.trouble)});
        m_edit->markFaults({read.at});
    }
    m_broken = !whole;
    if (!m_filling)
        emit edited();
}

} // namespace sqlgym::screens
