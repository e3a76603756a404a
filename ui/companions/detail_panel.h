// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ui/async/latest.h"
#include "ui/companions/companions_services.h"
#include "ui/companions/tenant_details.h"
#include "ui/widgets/badge.h"

#include <QFrame>
#include <QLabel>
#include <QPushButton>

#include <functional>

namespace studio::ui {

class AddressPanel;
class Badge;
class Banner;
class ElidedLabel;
class GoLivePanel;
class ShareLinkPanel;
class StateStack;

// The panel of one companion beside the list: whether her site is live and what is missing for that, name and
// domain, share links.
class DetailPanel final : public QFrame {
    Q_OBJECT

public:
    explicit DetailPanel(CompanionsServices services, QWidget *parent = nullptr);

    // `name` and `address`, known from the list, are shown until the rest has been read.
    void show_tenant(const models::TenantId &id, const QString &name, const QString &address);
    void refresh();
    const models::TenantId &tenant_id() const { return m_id; }

signals:
    void edit_requested(const QString &id);
    void closed();
    void changed(); // something was changed, so the list should be read again
    void trouble();

private:
    QWidget *build_head();
    QWidget *build_body();
    void connect_signals();
    void connect_people();
    void show_details(TenantDetails details);
    // Runs a change, then reads the panel again. `done` is the banner's text, "" for none; with `undo` the
    // banner has an Undo button. `then` is called after the change unless another companion is shown.
    void write(std::function<void(db::Session &)> change, const QString &done,
               const std::function<void()> &undo = nullptr, const std::function<void()> &then = nullptr);
    void scroll_to_top();
    void say(Tone tone, const QString &text, const QString &action);
    void say_of_another(Tone tone, const QString &name, const QString &text);
    void set_status(models::TenantStatus status);
    void make_share_link(int hours);

    CompanionsServices m_services;
    models::TenantId m_id;
    TenantDetails m_details;
    Latest m_loads;
    std::function<void()> m_undo;
    ElidedLabel *m_name;
    ElidedLabel *m_address;
    Badge *m_badge;
    QPushButton *m_edit;
    QPushButton *m_open;
    Banner *m_banner;
    GoLivePanel *m_go_live;
    AddressPanel *m_addresses;
    ShareLinkPanel *m_share;
    StateStack *m_state;
};

} // namespace studio::ui
