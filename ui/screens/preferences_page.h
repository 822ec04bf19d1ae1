// What can be set but keys: each changed holds at once, and each is found by its words.
#pragma once

#include "session/settings.h"

#include <QtWidgets/QScrollArea>

#include <vector>

class QFormLayout;
class QSpinBox;

namespace sqlgym::screens {

class PreferencesPage : public QScrollArea {
    Q_OBJECT
public:
    PreferencesPage(session::Settings &settings, bool postgresInstalled, QWidget *parent = nullptr);

    /// Leaves the rows that have all these words in their name, explanation or group. False: there is none.
    bool search(const QString &words);

signals:
    /// The settings hold something else now.
    void changed();

private:
    void addGroup(const QString &title);
    /// `about` is shown below the field; empty: nothing is.
    void addRow(const QString &name, QWidget *field, const QString &about = {});
    void addLookRows();
    void addProgressRows();
    void addEditorRows();
    void addResultRows();
    void addRunRows();
    void addExactRows(bool postgresInstalled);
    QSpinBox *spinBox(int least, int most, int value, const QString &suffix);

    session::Settings &m_settings;
    QFormLayout *m_form;
    struct Row {
        std::vector<int> formRows;
        QString words; ///< lower case
    };
    struct Group {
        int formRow;
        QString title;
        std::vector<Row> rows;
    };
    std::vector<Group> m_groups;
};

} // namespace sqlgym::screens
