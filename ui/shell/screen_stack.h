// The screens of the window and the rail that leads to them.
#pragma once

#include <QtCore/QMap>
#include <QtWidgets/QWidget>

#include <functional>

class QStackedWidget;

namespace sqlgym::shell {

class Rail;

class ScreenStack : public QWidget {
    Q_OBJECT
public:
    struct Entry {
        const char *icon;
        QString name;
        QString tip;
        std::function<QWidget *()> make;     ///< called when the screen is first shown
        std::function<void()> shown = [] {}; ///< each time that it comes to the front, once it is made
    };
    explicit ScreenStack(QWidget *parent = nullptr);

    void add(int id, Entry entry);
    /// Whether the rail offers it; one that goes while it is in front gives way to the first.
    void setOffered(int id, bool offered);
    bool isOffered(int id) const;
    void showScreen(int id);
    int current() const { return m_current; }

signals:
    void currentChanged(int id);

private:
    struct Kept {
        Entry entry;
        QWidget *page = nullptr;
        bool offered = true;
    };
    QMap<int, Kept> m_screens;
    Rail *m_rail;
    QStackedWidget *m_pages;
    int m_current = -1;
};

} // namespace sqlgym::shell
