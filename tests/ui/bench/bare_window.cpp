// The yardstick of bench_startup: a QMainWindow with a QsciScintilla, gone after its first frame.
#include <Qsci/qscilexersql.h>
#include <Qsci/qsciscintilla.h>

#include <QtCore/QTimer>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMainWindow>

#include <unistd.h>

namespace {

class BareWindow : public QMainWindow {
protected:
    bool event(QEvent *event) override
    {
        const bool done = QMainWindow::event(event);
        if (event->type() == QEvent::Paint)
            QTimer::singleShot(0, this, [] { ::_exit(0); });
        return done;
    }
};

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    BareWindow window;
    auto *editor = new QsciScintilla(&window);
    editor->setLexer(new QsciLexerSQL(editor));
    window.setCentralWidget(editor);
    window.resize(1280, 800);
    window.show();
    return QApplication::exec();
}
