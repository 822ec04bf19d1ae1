// Badges as a grid by rarity, and beside it what the chosen one asks for.
#pragma once

#include "session/progress_work.h"

#include <QtWidgets/QWidget>

class QLabel;
class QListView;
class QProgressBar;
class QStandardItemModel;

namespace sqlgym::screens {

class BadgePage : public QWidget {
    Q_OBJECT
public:
    explicit BadgePage(QWidget *parent = nullptr);

    void setBadges(std::vector<session::BadgeView> badges);

private:
    void showBadge(int row);
    void takeTheme();

    std::vector<session::BadgeView> m_badges; ///< by rarity
    QStandardItemModel *m_model;
    QListView *m_grid;
    QLabel *m_art;
    QLabel *m_name;
    QLabel *m_kind;
    QLabel *m_about;
    QLabel *m_state;
    QProgressBar *m_bar;
    QLabel *m_count;
};

} // namespace sqlgym::screens
