// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "preview/draft_page.h"
#include "preview/preview_view.h"
#include "tests/support/test_server.h"
#include "tests/ui/editor/editor_fixture.h"
#include "ui/editor/editor_page.h"
#include "ui/widgets/tenant_id.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTest>
#include <QWebEngineScript>

namespace studio::test_support {

// The whole editor with the tenant ada, as a person sees it.
class EditorDesk {
public:
    enum Tab { Content, Photos, Theme };

    EditorDesk() : page(fixture.services()) {
        page.resize(1280, 800);
        page.show();
        page.open(ui::to_text(fixture.tenant()));
    }

    // Waits until form and preview show ada.
    bool opened() {
        return QTest::qWaitForWindowActive(&page) &&
               QTest::qWaitFor([this] { return tagline_visible(); }, 20000) &&
               QTest::qWaitFor([this] { return !shown("/content/tagline").isEmpty(); }, 20000);
    }

    template <typename Widget> Widget *find(const QString &name) { return page.findChild<Widget *>(name); }
    QLineEdit *line(const QString &pointer) { return find<QLineEdit>("field:" + pointer); }

    void type(QLineEdit *line, const QString &text) {
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, text);
    }

    void show_tab(Tab tab) { find<QTabBar>("editor-tabs")->setCurrentIndex(tab); }

    // Presses "Add" for the offered file without entering any details.
    bool add_offered() {
        auto *add = find<QPushButton>("import.add");
        if (!QTest::qWaitFor([&] { return add->isVisible(); }, 5000)) {
            return false;
        }
        add->click();
        return true;
    }

    // The result of a script in the preview's page.
    QVariant in_preview(const QString &script) {
        QVariant answer;
        bool done = false;
        find<preview::PreviewView>("preview")->page()->runJavaScript(
            script, QWebEngineScript::ApplicationWorld, [&](const QVariant &value) {
                answer = value;
                done = true;
            });
        return QTest::qWaitFor([&] { return done; }, 5000) ? answer : QVariant("no answer");
    }

    // The text that the preview shows for a field.
    QString shown(const char *field) {
        return in_preview(QString("(document.querySelector('.site [data-field=\"%1\"]')||{}).textContent||''")
                              .arg(field))
            .toString();
    }

    EditorFixture fixture;
    ui::EditorPage page;

private:
    bool tagline_visible() { return line("/content/tagline") && line("/content/tagline")->isVisible(); }
};

} // namespace studio::test_support
