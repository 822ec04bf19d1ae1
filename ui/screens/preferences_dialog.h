// Preferences: settings and keys under one search field.
#pragma once

#include "screens/key_editor.h"
#include "session/settings.h"

#include <QtWidgets/QDialog>

class QLabel;
class QLineEdit;
class QTabWidget;

namespace sqlgym::screens {

class PreferencesPage;

/// What is changed is in `settings` and told at once.
class PreferencesDialog : public QDialog {
    Q_OBJECT
public:
    PreferencesDialog(session::Settings &settings, const QList<KeyCommand> &commands, bool postgresInstalled,
                      QWidget *parent);
    ~PreferencesDialog() override;

signals:
    void changed();
    void keysChanged(const QString &id, const QList<QKeySequence> &keys);

private:
    void search(const QString &words);

    QLineEdit *m_search;
    QLabel *m_nothing;
    QTabWidget *m_tabs;
    PreferencesPage *m_page;
    KeyEditor *m_keys;
};

} // namespace sqlgym::screens
