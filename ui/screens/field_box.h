// A field of a form: its name above it, what was found wrong with it below.
#pragma once

#include <QtCore/QStringList>
#include <QtWidgets/QWidget>

class QLabel;

namespace sqlgym::screens {

class FieldBox : public QWidget {
    Q_OBJECT
public:
    /// `pointers`: the members of a definition that it is for. `stretches`: it takes the room that there is.
    FieldBox(const QString &name, QWidget *field, const QStringList &pointers, bool stretches = false,
             QWidget *parent = nullptr);

    /// How much of the pointer it covers: the longer the better; -1: nothing.
    qsizetype covers(const QString &pointer) const;
    /// Plain lines; none: nothing is wrong. `serious`: a fault is among them.
    void setFindings(const QStringList &lines, bool serious = true);
    QStringList findings() const { return m_lines; }
    QWidget *field() const { return m_field; }
    /// A sentence on what belongs in it.
    void setNote(const QString &text);

private:
    void takeTheme();

    QWidget *m_field;
    QStringList m_pointers;
    QStringList m_lines;
    bool m_serious = true;
    QLabel *m_note;
    QLabel *m_findings;
};

} // namespace sqlgym::screens
