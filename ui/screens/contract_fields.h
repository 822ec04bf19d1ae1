// What the answer of a problem is: its columns, their order, and how answers are compared.
#pragma once

#include <QtCore/QJsonObject>
#include <QtWidgets/QWidget>

class QCheckBox;
class QComboBox;
class QLineEdit;
class QTableWidget;

namespace sqlgym::screens {

class FieldBox;

class ContractFields : public QWidget {
    Q_OBJECT
public:
    explicit ContractFields(QWidget *parent = nullptr);

    void setContract(const QJsonObject &contract, const QJsonObject &rules);
    QJsonObject contract() const;
    QJsonObject rules() const;
    const QList<FieldBox *> &boxes() const { return m_boxes; }

signals:
    void contractEdited();
    void rulesEdited();

private:
    FieldBox *box(const QString &name, QWidget *field, const QStringList &pointers);
    QLineEdit *line(const QString &name, const QString &pointer, const QString &hint, bool rule);
    void setColumns(const QJsonArray &columns);
    void addColumn();
    void removeColumn();
    void fitSorted();

    QList<FieldBox *> m_boxes;
    QJsonObject m_contract, m_rules; ///< as they were given
    bool m_filling = false;
    QTableWidget *m_columns;
    QComboBox *m_order;
    QLineEdit *m_grain, *m_sorted, *m_ties, *m_nulls, *m_rounding, *m_tolerance, *m_mustUse, *m_mustNotUse, *m_query;
    QCheckBox *m_names, *m_anyOrder;
};

/// "days_late desc nulls last, loan_id" and back.
QString orderText(const QJsonArray &keys);
QJsonArray orderKeys(const QString &text);

} // namespace sqlgym::screens
