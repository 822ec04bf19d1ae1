// The list of posts with what chooses among them.
#pragma once

#include "session/community_work.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QListView;
class QPushButton;

namespace sqlgym::models {
class FeedModel;
}
namespace sqlgym::widgets {
class EmptyWords;
}

namespace sqlgym::screens {

class FeedPane : public QWidget {
    Q_OBJECT
public:
    /// `choice`: whether other feeds than the problem's are offered.
    explicit FeedPane(bool choice, QWidget *parent = nullptr);

    models::FeedModel *model() const { return m_model; }
    /// An empty id: none is open.
    void setProblem(const QString &id);
    void showPerson(const QString &id, const QString &name);
    cache::FeedQuery query() const;
    void setPage(const session::FeedPage &page);
    /// See FeedModel::renew().
    void renew(const session::FeedPage &page);
    QString chosen() const;
    /// Without telling.
    void choose(const QString &id);

signals:
    void queryChanged();
    void postChosen(const QString &id);
    void postActivated();
    void newPostChosen();
    void likeToggled(const QString &id);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QString emptyWords() const;

    models::FeedModel *m_model;
    QComboBox *m_kind;
    QPushButton *m_new;
    QPushButton *m_fresh;
    QListView *m_list;
    widgets::EmptyWords *m_empty;
    QString m_problemId;
    QString m_personId;
};

} // namespace sqlgym::screens
