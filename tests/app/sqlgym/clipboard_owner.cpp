// Offers a file's bytes as the text of the clipboard, as another program would, until it is ended.
//
//   clipboard_owner FILE        prints "ready" when it has the clipboard
#include <QtCore/QFile>
#include <QtCore/QMimeData>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QWindow>

#include <cstdio>

int main(int argc, char **argv)
{
    QGuiApplication app(argc, argv);
    QFile file(argc == 2 ? QString::fromLocal8Bit(argv[1]) : QString());
    if (!file.open(QFile::ReadOnly))
        return 2;
    auto *text = new QMimeData;
    text->setText(QString::fromUtf8(file.readAll()));
    QGuiApplication::clipboard()->setMimeData(text);
    std::puts("ready");
    std::fflush(stdout);
    return QGuiApplication::exec();
}
