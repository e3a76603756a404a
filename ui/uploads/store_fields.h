// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "media/s3/signature.h"
#include "models/values/photo_store.h"

#include <QWidget>

#include <map>
#include <optional>
#include <string>

class QCheckBox;
class QLabel;
class QLineEdit;
class QVBoxLayout;

namespace studio::ui {

// The address of a bucket and its keys. A problem stands beside its field. Keys are entered and never shown;
// those of the environment leave no others to be entered.
class StoreFields final : public QWidget {
    Q_OBJECT

public:
    explicit StoreFields(QWidget *parent = nullptr);

    void set_bucket(const models::BucketAddress &bucket);
    models::BucketAddress bucket() const;
    // As typed; nullopt where both fields are empty.
    std::optional<media::s3::Credentials> keys() const;
    void clear_keys();
    // Whether everything typed can be right; says what is not beside its field.
    bool check();

signals:
    void edited(); // by a person

private:
    struct Field {
        QLineEdit *edit = nullptr;
        QLabel *problem = nullptr;
    };
    void add_field(const std::string &name, const QString &label, const QString &placeholder);
    void leave_keys_to_environment();
    void show_problem(const std::string &name, const QString &problem);
    std::string text(const std::string &name) const;

    QVBoxLayout *m_layout;
    std::map<std::string, Field> m_fields; // "endpoint", "region", "bucket", "public", "key", "secret"
    QCheckBox *m_path_style;
};

} // namespace studio::ui
