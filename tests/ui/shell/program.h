// The window with the real engines on a profile of its own, driven by keys.
#pragma once

#include "session/engines.h"
#include "session/list_snapshot.h"
#include "session/server_link.h"
#include "session/settings.h"
#include "session/store.h"
#include "shell/main_window.h"
#include "widgets/sql_editor.h"
#include "widgets/theme.h"

#include <QtTest/QtTest>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QTextBrowser>

namespace sqlgym {

constexpr int kPatienceMs = 40'000 * SQLGYM_PACE; // the first check makes PostgreSQL's cluster

/// One start of the program on a profile.
struct Program {
    explicit Program(const QString &folder, bool exact = true, const QString &slug = {})
        : profile(session::Profile::locate(folder)), settings(profile), snapshot(profile)
    {
        profile.create();
        const QString bin = QStringLiteral(SQLGYM_BIN_DIR);
        postgres = exact ? session::postgresEngine(bin) : session::EngineRoom::Factory();
        engines = std::make_unique<session::EngineRoom>(session::embeddedEngine(bin), postgres);
        link = std::make_unique<session::ServerLink>(
            session::LinkParts{session::gatewayModule(bin), session::tokenStore(), profile.databaseFile()}, store);
        window = std::make_unique<shell::MainWindow>(
            shell::MainWindow::Parts{settings, store, *engines, snapshot, *link, profile, postgres != nullptr,
                                     bin + QStringLiteral("/../share/sqlgym/help"), slug});
        window->show();
        window->activateWindow();
        if (!QTest::qWaitForWindowActive(window.get()))
            qFatal("the window did not become active");
    }

    template <typename T> T *named(const char *accessibleName) const
    {
        for (T *widget : window->findChildren<T *>()) {
            if (widget->accessibleName() == QLatin1String(accessibleName))
                return widget;
        }
        return nullptr;
    }
    widgets::SqlEditor *editor() const { return named<widgets::SqlEditor>("SQL editor"); }
    QString verdict() const
    {
        const auto *bar = named<QWidget>("Verdict");
        return bar && bar->isVisible() ? bar->accessibleDescription() : QString();
    }
    int rows(const char *view) const
    {
        const auto *table = named<QAbstractItemView>(view);
        return table && table->isVisible() ? table->model()->rowCount() : -1;
    }
    QString statement() const { return named<QTextBrowser>("Problem statement")->toPlainText(); }
    void key(Qt::Key code, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const
    {
        QWidget *focus = QApplication::focusWidget() ? QApplication::focusWidget() : window.get();
        QTest::keyClick(focus, code, modifiers);
    }
    void type(const char *text) const { QTest::keyClicks(QApplication::focusWidget(), QLatin1String(text)); }
    void writeQuery(const char *sql) const
    {
        key(Qt::Key_PageUp, Qt::ControlModifier);
        key(Qt::Key_A, Qt::ControlModifier);
        type(sql);
    }

    session::Profile profile;
    session::Settings settings;
    session::Store store;
    session::ListSnapshot snapshot;
    session::EngineRoom::Factory postgres;
    std::unique_ptr<session::EngineRoom> engines;
    std::unique_ptr<session::ServerLink> link;
    std::unique_ptr<shell::MainWindow> window;
};

} // namespace sqlgym
