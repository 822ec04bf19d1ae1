// The diagram of a problem's tables: looked at, walked with pointer or keys, and taken away as a picture.
#pragma once

#include "models/schema_graph.h"
#include "session/values.h"

#include <QtWidgets/QGraphicsView>

#include <vector>

namespace sqlgym::diagram {

class DotProgram;
class SchemaScene;

/// Pointing at a line or a table lights its joins. A table that was clicked (or marked with Space) is the start of a
/// way: pointing at another, or going there by the arrow keys, lights the shortest join path between the two. Esc ends
/// it. Double click or Enter writes the name that the pointer or the keyboard is on.
class DiagramView : public QGraphicsView {
    Q_OBJECT
public:
    /// `dot` is Graphviz's program, empty where there is none.
    explicit DiagramView(const QString &dot, QWidget *parent = nullptr);

    void setProblem(const session::ProblemPtr &problem);
    /// The path that is lit, as a FROM clause; empty where none is.
    QString litJoin() const { return m_join; }
    const SchemaScene *schema() const { return m_scene; }

    /// Null, or what went wrong.
    QString saveSvg(const QString &path) const;
    QString savePng(const QString &path) const;

public slots:
    void zoom(double factor);
    /// All of it, however small.
    void fitAll() { fit(0); }

signals:
    /// A name, or a FROM clause, that belongs into the editor.
    void textChosen(const QString &sql);
    void tableChosen(int table);
    /// What is lit, in a line of words; empty where nothing is.
    void described(const QString &words);
    void saveRequested();

protected:
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;

private:
    void rebuild();
    /// Never enlarged, nor made smaller than by `least`.
    void fit(double least);
    void setCurrent(int table, int column);
    void showState();
    void light(const std::vector<int> &links, int from, const QString &words);
    void walk(int dx, int dy);
    /// The nearest table in a direction, -1 = none.
    int neighbour(int dx, int dy) const;
    QString nameAt(int table, int column) const;

    SchemaScene *m_scene;
    DotProgram *m_dot;
    models::SchemaGraph m_graph;
    std::vector<int> m_lit;
    QString m_join;
    QString m_words;
    int m_table = -1; ///< where the keyboard is; its column, -1 = the header
    int m_column = -1;
    int m_start = -1; ///< of the way that is asked for
    int m_overTable = -1;
    int m_overLink = -1;
    bool m_fitted = true; ///< until the learner zooms
};

} // namespace sqlgym::diagram
