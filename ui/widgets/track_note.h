// What a track advises: what is next in it, and what helps when taken first.
#pragma once

#include "models/track_order.h"

#include <QtWidgets/QWidget>

class QLabel;
class QPushButton;

namespace sqlgym::widgets {

class TrackNote : public QWidget {
    Q_OBJECT
public:
    explicit TrackNote(QWidget *parent = nullptr);

    /// Hidden when there is no track.
    void setAdvice(const models::TrackAdvice &advice);

signals:
    void nextChosen(const QString &slug);

private:
    void setFonts();

    QLabel *m_words;
    QPushButton *m_next;
    QString m_slug;
};

} // namespace sqlgym::widgets
