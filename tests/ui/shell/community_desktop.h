// A window with the community in front, and what one does there.
#pragma once

#include "online.h"

#include <QtWidgets/QListView>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QTextBrowser>

namespace sqlgym {

inline constexpr int kCommunity = shell::MainWindow::Community;

/// A window with the community in front.
struct Desktop {
    explicit Desktop(const std::string &dsn) : online(folder.path(), dsn) {}

    const Program &program() const { return online.program; }
    template <typename T> T *named(const char *name) const
    {
        for (T *widget : program().window->findChildren<T *>()) {
            if (widget->accessibleName() == QLatin1String(name) && widget->isVisible())
                return widget;
        }
        return nullptr;
    }
    void open() const
    {
        program().window->activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(program().window.get()));
        program().window->showScreen(kCommunity);
        QTRY_VERIFY(named<QListView>("Community feed"));
    }
    void signUp(const char *name) const
    {
        QTRY_VERIFY_WITH_TIMEOUT(online.ready(), kPatienceMs);
        online.signUpAndSync(name);
        online.closeDialogs();
        open();
    }
    QListView *feed() const { return named<QListView>("Community feed"); }
    QListView *comments() const { return named<QListView>("Comments"); }
    static QString rowsOf(const QListView *list)
    {
        QStringList rows;
        for (int row = 0; list && row < list->model()->rowCount(); ++row)
            rows << list->model()->index(row, 0).data().toString();
        return rows.join(u'\n');
    }
    QString posts() const { return rowsOf(feed()); }
    void press(const char *name) const
    {
        for (auto *button : program().window->findChildren<QAbstractButton *>()) {
            const bool is =
                button->accessibleName() == QLatin1String(name) || button->text().remove(u'&') == QLatin1String(name);
            if (is && button->isVisible() && button->isEnabled()) {
                QTest::mouseClick(button, Qt::LeftButton);
                QApplication::processEvents();
                return;
            }
        }
        QFAIL(name);
    }
    void write(const char *field, const QString &text) const
    {
        auto *edit = named<QPlainTextEdit>(field);
        QVERIFY2(edit, field);
        edit->setPlainText(text);
    }
    void post(const QString &text, const QString &code = {}) const
    {
        press("New post");
        write("Post text", text);
        write("Post code", code);
        press("Post");
        QTRY_COMPARE(postText().isEmpty(), false);
    }
    void choose(int row) const
    {
        feed()->setCurrentIndex(feed()->model()->index(row, 0));
        QTRY_VERIFY(named<QTextBrowser>("Post"));
    }
    QString postText() const
    {
        return named<QTextBrowser>("Post") ? named<QTextBrowser>("Post")->toPlainText() : QString();
    }
    QString likes() const
    {
        auto *button = named<QPushButton>("Like");
        return button ? button->text() : QString();
    }

    QTemporaryDir folder;
    OnlineProgram online;
};

} // namespace sqlgym
