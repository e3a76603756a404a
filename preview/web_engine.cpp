// SPDX-License-Identifier: Apache-2.0
#include "preview/web_engine.h"

#include "preview/scheme.h"

#include <QDir>
#include <QtGlobal>

#include <unistd.h>

namespace studio::preview {

namespace {

void set_unless_given(const char *name, const QByteArray &value) {
    if (!qEnvironmentVariableIsSet(name)) {
        qputenv(name, value);
    }
}

bool has_graphics_device() {
    return !QDir(QStringLiteral("/dev/dri"))
                .entryList({QStringLiteral("card*"), QStringLiteral("renderD*")}, QDir::System)
                .isEmpty();
}

} // namespace

void prepare_web_engine() {
    register_scheme();
    if (geteuid() == 0) {
        set_unless_given("QTWEBENGINE_DISABLE_SANDBOX", "1");
    }
    if (!has_graphics_device()) {
        set_unless_given("QT_QUICK_BACKEND", "software");
        set_unless_given("QTWEBENGINE_CHROMIUM_FLAGS", "--disable-gpu");
    }
}

} // namespace studio::preview
