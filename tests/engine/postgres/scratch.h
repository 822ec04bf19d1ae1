// A folder for one test that PostgreSQL's account may enter.
#pragma once

#include <QTemporaryDir>

#include <string>
#include <sys/stat.h>

namespace sqlgym::tests {

class Scratch {
public:
    Scratch() { chmod(m_folder.path().toUtf8().constData(), 0711); }
    std::string path(const char *name) const { return m_folder.filePath(name).toStdString(); }

private:
    QTemporaryDir m_folder;
};

} // namespace sqlgym::tests
