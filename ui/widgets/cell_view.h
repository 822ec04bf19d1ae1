// One cell in full: its text wrapped, and beside it the parts of what has parts.
#pragma once

#include <QtWidgets/QWidget>

#include <optional>
#include <string>
#include <string_view>

class QLabel;
class QPlainTextEdit;
class QSplitter;
class QTreeView;

namespace sqlgym::models {
class ValueTreeModel;
}

namespace sqlgym::widgets {

class CellView : public QWidget {
    Q_OBJECT
public:
    explicit CellView(QWidget *parent = nullptr);

    /// `type` is pg_type.typname; nullopt is NULL.
    void setCell(const QString &column, const QString &type, std::optional<std::string_view> value);
    void clear();
    /// The whole value, however much of it is shown. NULL has nothing to copy.
    void copy() const;
    bool canCopy() const { return m_value.has_value(); }
    void focusText();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void tell(const QString &title, const QString &about);
    void showTree(const QString &type);
    void takeFonts();

    std::optional<std::string> m_value;
    QLabel *m_about;
    QPlainTextEdit *m_text;
    QTreeView *m_tree;
    QSplitter *m_parts;
    bool m_treeIsCut = false;
    models::ValueTreeModel *m_model;
};

} // namespace sqlgym::widgets
