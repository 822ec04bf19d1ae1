// A person as a disc: their picture, or their initials.
#pragma once

#include <QtGui/QImage>
#include <QtWidgets/QWidget>

namespace sqlgym::widgets {

class Avatar : public QWidget {
    Q_OBJECT
public:
    /// `side` in device-independent pixels.
    explicit Avatar(int side, QWidget *parent = nullptr);

    /// One or two letters; shown where there is no picture.
    void setInitials(const QString &initials);
    /// A null image: none.
    void setPicture(const QImage &picture);
    bool hasPicture() const { return !m_picture.isNull(); }

    QSize sizeHint() const override { return {m_side, m_side}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int m_side;
    QString m_initials;
    QImage m_picture;
};

} // namespace sqlgym::widgets
