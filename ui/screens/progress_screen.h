// What was reached: XP, streak, topics, badges.
#pragma once

#include "session/cache_work.h"

#include <QtWidgets/QScrollArea>

class QVBoxLayout;

namespace sqlgym::screens {

class ProgressScreen : public QScrollArea {
    Q_OBJECT
public:
    explicit ProgressScreen(QWidget *parent = nullptr);

    void setView(const session::ProgressView &view);

private:
    void rebuild();
    QWidget *figures() const;
    QWidget *topics() const;
    QWidget *badges() const;

    session::ProgressView m_view;
};

} // namespace sqlgym::screens
