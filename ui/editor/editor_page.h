// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/editor/editor_services.h"
#include "ui/page.h"

#include <memory>

namespace studio::ui {

// The editor of one tenant: theme, content and photos with a live preview; saving, publishing, comparing and
// restoring.
class EditorPage final : public Page {
    Q_OBJECT

public:
    explicit EditorPage(EditorServices services, QWidget *parent = nullptr);
    ~EditorPage() override;

    QString id() const override { return QStringLiteral("editor"); }
    QString title() const override { return tr("Editor"); }
    QIcon icon() const override;
    void activate() override;
    // Asks nothing: unsaved edits are in the journal and are restored.
    bool may_close() override;
    // A tenant's id.
    void open(const QString &tenant_id) override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace studio::ui
