// Preferences: what is changed holds at once.
#pragma once

#include <QtWidgets/QDialog>

namespace sqlgym::screens {

class PreferencesDialog : public QDialog {
    Q_OBJECT
public:
    struct Values {
        int theme = 0;         ///< 0 system, 1 light, 2 dark
        double fontPoints = 0; ///< 0 = the desktop's own
        bool exactMode = true;
        bool postgresFirst = false;
    };
    PreferencesDialog(const Values &values, bool postgresInstalled, QWidget *parent);

signals:
    void changed(const sqlgym::screens::PreferencesDialog::Values &values);

private:
    Values m_values;
};

} // namespace sqlgym::screens
