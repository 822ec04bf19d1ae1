// What each test of a problem found, a line a test.
#pragma once

#include "models/tests_model.h"

#include <QtWidgets/QTableView>

namespace sqlgym::screens {

class TestsPage : public QTableView {
    Q_OBJECT
public:
    explicit TestsPage(QWidget *parent = nullptr);

    void setVerdict(std::shared_ptr<const grading::Verdict> verdict);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    models::TestsModel *m_model;
};

} // namespace sqlgym::screens
