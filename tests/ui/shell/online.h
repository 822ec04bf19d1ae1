// The window and a real server: what a learner does with both.
#pragma once

#include "../../engine/server/server_with_pack.h"
#include "program.h"

#include <QtCore/QTemporaryDir>
#include <QtWidgets/QDialog>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolButton>

namespace sqlgym {

constexpr char kRightQuery[] = "SELECT id AS loan_id, tool_id, due_on, DATE '2024-03-01' - due_on AS days_late "
                               "FROM loan WHERE returned_on IS NULL AND due_on < '2024-03-01' "
                               "ORDER BY days_late DESC, loan_id";
constexpr char kPassword[] = "correct horse battery";

/// A start of the program that knows `server`, its session kept in the profile's folder.
struct OnlineProgram {
    OnlineProgram(const QString &folder, const std::string &dsn, const QString &tokenFile = {})
        : tokens(tokenFile.isEmpty() ? folder + QStringLiteral("/token") : tokenFile),
          program((keepServer(folder, dsn), folder), false)
    {
    }
    static void keepServer(const QString &folder, const std::string &dsn)
    {
        session::Settings(session::Profile::locate(folder)).setServer(QString::fromStdString(dsn));
    }
    /// Whether it is there and waits for a name; what was said instead.
    bool ready() const { return !program.statement().isEmpty() && status().startsWith(QStringLiteral("Signed out")); }

    QString status() const { return program.named<QToolButton>("Sync status")->text(); }
    QString statusDetails() const { return program.named<QToolButton>("Sync status")->toolTip(); }
    void fill(const char *field, const QString &text) const
    {
        for (auto *edit : program.window->findChildren<QLineEdit *>()) {
            if (edit->accessibleName() == QLatin1String(field) && edit->isVisible())
                edit->setText(text);
        }
    }
    void press(const char *button) const
    {
        QApplication::processEvents(); // a button that has just been made
        for (auto *each : program.window->findChildren<QPushButton *>()) {
            if (each->isVisible() && each->text().remove(u'&') == QString::fromUtf8(button)) {
                QTest::mouseClick(each, Qt::LeftButton);
                return;
            }
        }
        QFAIL(button);
    }
    /// Of the Account screen: the session (0), signing in (1), a new account (2).
    void page(int index) const
    {
        section(1);
        if (index > 0)
            program.named<QTabWidget>("Account pages")->setCurrentIndex(index - 1);
    }
    void section(int index) const { program.named<QListWidget>("Account sections")->setCurrentRow(index); }
    QString answer() const
    {
        QString words;
        for (auto *each : program.window->findChildren<QWidget *>()) {
            if (each->accessibleName() == QLatin1String("Answer") && each->isVisible())
                words = each->accessibleDescription();
        }
        return words;
    }
    void openAccount() const
    {
        QTest::keyClick(program.window.get(), Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
    }
    void openOutbox() const
    {
        QTest::keyClick(program.window.get(), Qt::Key_B, Qt::ControlModifier | Qt::ShiftModifier);
    }
    void closeDialogs() const
    {
        for (auto *each : program.window->findChildren<QDialog *>())
            each->close();
        program.window->activateWindow();
        program.window->showScreen(shell::MainWindow::Practice);
        QVERIFY(QTest::qWaitForWindowActive(program.window.get()));
        program.editor()->setFocus();
        QTRY_VERIFY(QApplication::focusWidget() != nullptr);
    }
    void signUp(const char *name) const
    {
        openAccount();
        page(2);
        fill("User name", QLatin1String(name));
        fill("E-mail address", QLatin1String(name) + QStringLiteral("@example.org"));
        fill("Password", QLatin1String(kPassword));
        fill("Password again", QLatin1String(kPassword));
        press("Make the account");
    }
    void signUpAndSync(const char *name) const
    {
        signUp(name);
        QTRY_VERIFY2_WITH_TIMEOUT(status().startsWith(QStringLiteral("Synced")), qPrintable(status()), kPatienceMs);
    }
    void signIn(const char *name) const
    {
        openAccount();
        page(1);
        fill("User name or e-mail address", QLatin1String(name));
        fill("Password", QLatin1String(kPassword));
        press("Sign in");
    }
    void submitRight() const
    {
        program.writeQuery(kRightQuery);
        program.key(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    }

    struct Tokens {
        explicit Tokens(const QString &file) { qputenv("SQLGYM_TOKEN_FILE", file.toUtf8()); }
    } tokens;
    Program program;
};

} // namespace sqlgym
