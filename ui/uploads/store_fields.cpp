// SPDX-License-Identifier: Apache-2.0
#include "ui/uploads/store_fields.h"

#include "media/s3/credentials.h"
#include "ui/widgets/style_sheet.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace studio::ui {

StoreFields::StoreFields(QWidget *parent)
    : QWidget(parent), m_layout(new QVBoxLayout(this)),
      m_path_style(new QCheckBox(tr("Put the bucket into the path (ENDPOINT/BUCKET)"), this)) {
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(4);
    add_field("endpoint", tr("Endpoint"), QStringLiteral("https://fra1.digitaloceanspaces.com"));
    add_field("region", tr("Region"), tr("As in the endpoint: fra1"));
    add_field("bucket", tr("Bucket"), QStringLiteral("companion-photos"));
    add_field("public", tr("Public address (optional)"), QStringLiteral("https://photos.companions.example"));
    m_path_style->setObjectName(QStringLiteral("store.path_style"));
    m_layout->addWidget(m_path_style);
    connect(m_path_style, &QCheckBox::clicked, this, &StoreFields::edited);
    add_field("key", tr("Access key"), tr("Empty: the stored one, if there is one"));
    add_field("secret", tr("Secret"), tr("Empty: the stored one, if there is one"));
    m_fields["secret"].edit->setEchoMode(QLineEdit::Password);
    if (media::s3::credentials_in_environment()) {
        leave_keys_to_environment();
    }
}

void StoreFields::leave_keys_to_environment() {
    for (const auto *name : {"key", "secret"}) {
        auto *edit = m_fields.at(name).edit;
        edit->setEnabled(false);
        edit->setPlaceholderText(tr("From the environment"));
    }
    auto *words = new QLabel(tr("This studio was started with STUDIO_S3_KEY and STUDIO_S3_SECRET, which are "
                                "used for every bucket. Start it without them to enter keys here."),
                             this);
    words->setObjectName(QStringLiteral("store.environment"));
    words->setWordWrap(true);
    set_text_role(words, TextRole::Muted);
    m_layout->addWidget(words);
}

void StoreFields::add_field(const std::string &name, const QString &label, const QString &placeholder) {
    const auto object_name = QStringLiteral("store.") + QString::fromStdString(name);
    auto *caption = new QLabel(label, this);
    Field field{new QLineEdit(this), new QLabel(this)};
    field.edit->setObjectName(object_name);
    field.edit->setAccessibleName(label);
    field.edit->setPlaceholderText(placeholder);
    caption->setBuddy(field.edit);
    field.problem->setObjectName(object_name + QStringLiteral(".problem"));
    field.problem->setWordWrap(true);
    field.problem->hide();
    set_text_role(field.problem, TextRole::Negative);
    for (QWidget *widget : std::initializer_list<QWidget *>{caption, field.edit, field.problem}) {
        m_layout->addWidget(widget);
    }
    m_fields.emplace(name, field);
    connect(field.edit, &QLineEdit::textEdited, this, [this, name] {
        show_problem(name, {});
        emit edited();
    });
}

void StoreFields::show_problem(const std::string &name, const QString &problem) {
    const auto &field = m_fields.at(name);
    field.problem->setText(problem);
    field.problem->setVisible(!problem.isEmpty());
    set_invalid(field.edit, !problem.isEmpty());
}

std::string StoreFields::text(const std::string &name) const {
    auto text = m_fields.at(name).edit->text().trimmed();
    if (name == "endpoint" || name == "public") { // addresses are copied with a slash at their end
        while (text.endsWith(QLatin1Char('/')) && !text.endsWith(QLatin1String("//"))) {
            text.chop(1);
        }
    }
    return text.toStdString();
}

void StoreFields::set_bucket(const models::BucketAddress &bucket) {
    const auto set = [this](const std::string &name, const std::string &value) {
        m_fields.at(name).edit->setText(QString::fromStdString(value));
    };
    set("endpoint", bucket.endpoint);
    set("region", bucket.region);
    set("bucket", bucket.bucket);
    set("public", bucket.public_url);
    m_path_style->setChecked(bucket.path_style);
}

models::BucketAddress StoreFields::bucket() const {
    models::BucketAddress bucket{text("endpoint"), text("region"), text("bucket"), text("public"),
                                 m_path_style->isChecked()};
    if (bucket.region.empty()) {
        bucket.region = models::usual_region(bucket);
    }
    return bucket;
}

std::optional<media::s3::Credentials> StoreFields::keys() const {
    const media::s3::Credentials keys{text("key"), text("secret")};
    return keys.key.empty() && keys.secret.empty() ? std::nullopt : std::optional(keys);
}

void StoreFields::clear_keys() {
    m_fields.at("key").edit->clear();
    m_fields.at("secret").edit->clear();
}

bool StoreFields::check() {
    bool is_right = true;
    for (const auto &[name, field] : m_fields) {
        show_problem(name, {});
    }
    for (const auto &issue : models::validate(bucket())) {
        const auto name = issue.pointer.substr(1);
        if (m_fields.contains(name)) {
            show_problem(name, QString::fromStdString(issue.message));
            is_right = false;
        }
    }
    if (const auto typed = keys()) {
        if (typed->key.empty()) {
            show_problem("key", tr("Enter the access key that belongs to the secret."));
        } else if (typed->secret.empty()) {
            show_problem("secret", tr("Enter the secret that belongs to the access key."));
        }
        is_right = is_right && !typed->key.empty() && !typed->secret.empty();
    }
    return is_right;
}

} // namespace studio::ui
