// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "db/stores/compliance_store.h"

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace studio::ui {

class ConfirmBar;

// The releases of one photo, each with who agreed, to what and until when. A release is withdrawn after one
// question, because the photo's files are deleted with it.
class ReleaseList final : public QWidget {
    Q_OBJECT

public:
    // Names of the buttons begin with `name`: "NAME.withdraw.0", "NAME.confirm.act".
    ReleaseList(const QString &name, bool may_withdraw, QWidget *parent = nullptr);

    // `key` tells one photo from another, `title` names it in the question. A question about a release that
    // is still there stays.
    void show_releases(const QString &key, const QString &title,
                       const std::vector<db::PhotoRelease> &releases);

signals:
    void withdrawn(const QString &person); // "" for a release of the whole photo

private:
    QWidget *row(const db::PhotoRelease &release, int index);
    void ask(const QString &person);

    const QString m_name;
    const bool m_may_withdraw;
    QString m_key, m_title;
    QString m_asked; // whose release the question is about
    QVBoxLayout *m_rows;
    ConfirmBar *m_confirm;
};

} // namespace studio::ui
