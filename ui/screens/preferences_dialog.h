// Preferences: what is changed holds at once.
#pragma once

#include "screens/key_editor.h"

#include <QtWidgets/QDialog>

namespace sqlgym::screens {

class PreferencesDialog : public QDialog {
    Q_OBJECT
public:
    struct Values {
        int theme = 0;         ///< 0 system, 1 light, 2 dark, 3 high contrast
        double fontPoints = 0; ///< 0 = the desktop's own
        bool exactMode = true;
        bool postgresFirst = false;
        bool examMode = false;
    };
    PreferencesDialog(const Values &values, const QList<KeyCommand> &commands, bool postgresInstalled, QWidget *parent);

signals:
    void changed(const sqlgym::screens::PreferencesDialog::Values &values);
    void keysChanged(const QString &id, const QList<QKeySequence> &keys);

private:
    QWidget *generalPage(bool postgresInstalled);

    Values m_values;
};

} // namespace sqlgym::screens
