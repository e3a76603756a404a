// SPDX-License-Identifier: Apache-2.0
#include "ui/photos/import_panel.h"

#include "ui/async/background.h"
#include "ui/photos/picture_preview.h"
#include "ui/photos/privacy_editor.h"
#include "ui/widgets/style_sheet.h"

#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

namespace studio::ui {

namespace {

constexpr int preview_width = 900, preview_height = 240; // pixels
constexpr int most_people = 50;

QPushButton *button(const QString &name, const QString &text, ButtonRole role = ButtonRole::Neutral) {
    auto *result = new QPushButton(text);
    result->setObjectName(QStringLiteral("import.") + name);
    set_button_role(result, role);
    return result;
}

QLineEdit *line(const QString &name, const QString &label, const QString &hint, int most) {
    auto *field = new QLineEdit;
    field->setObjectName(QStringLiteral("import.") + name);
    field->setAccessibleName(label);
    field->setPlaceholderText(hint);
    field->setMaxLength(most);
    return field;
}

QLabel *words(const QString &name, TextRole role) {
    auto *label = new QLabel;
    label->setObjectName(QStringLiteral("import.") + name);
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    set_text_role(label, role);
    return label;
}

} // namespace

QString facts_words(const media::FileFacts &facts) {
    if (facts.empty()) {
        return ImportPanel::tr("The file tells nothing beside the picture.");
    }
    QStringList lines{ImportPanel::tr("The file tells this. None of it is published.")};
    if (!facts.place_words.empty()) {
        lines << ImportPanel::tr("Place: %1").arg(QString::fromStdString(facts.place_words));
    } else if (facts.place) {
        lines << ImportPanel::tr("Place: %1, %2")
                     .arg(facts.place->latitude, 0, 'f', 4)
                     .arg(facts.place->longitude, 0, 'f', 4);
    }
    if (!facts.taken_at.empty()) {
        lines << ImportPanel::tr("Time: %1").arg(QString::fromStdString(facts.taken_at));
    }
    if (!facts.device.empty()) {
        lines << ImportPanel::tr("Device: %1").arg(QString::fromStdString(facts.device));
    }
    QStringList names;
    for (const auto &name : facts.names) {
        names << QString::fromStdString(name);
    }
    if (!names.isEmpty()) {
        lines << ImportPanel::tr("Names: %1").arg(names.join(QStringLiteral(", ")));
    }
    return lines.join(QLatin1Char('\n'));
}

ImportPanel::ImportPanel(QWidget *parent)
    : QFrame(parent), m_stack(new QStackedWidget(this)),
      m_title(words(QStringLiteral("title"), TextRole::Title)), m_picture(new QLabel),
      m_facts(words(QStringLiteral("facts"), TextRole::Muted)),
      m_problem(words(QStringLiteral("problem"), TextRole::Negative)), m_people(new QSpinBox),
      m_photographer(line(QStringLiteral("photographer"), tr("Photographer"), {}, 100)),
      m_licence(line(QStringLiteral("licence"), tr("Licence"), tr("What the photographer allows"), 200)),
      m_edit(button(QStringLiteral("edit"), tr("Hide, turn or crop…"))),
      m_add(button(QStringLiteral("add"), tr("Add"), ButtonRole::Primary)),
      m_all(button(QStringLiteral("add_all"), tr("Add all"))),
      m_skip(button(QStringLiteral("skip"), tr("Leave out"))),
      m_cancel(button(QStringLiteral("cancel"), tr("Cancel"), ButtonRole::Quiet)) {
    setObjectName(QStringLiteral("import"));
    set_card(this);
    m_pool.setMaxThreadCount(1);
    m_stack->addWidget(build_form());
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(20, 16, 20, 16);
    column->addWidget(m_stack);
    connect_signals();
}

QWidget *ImportPanel::build_form() {
    auto *form = new QWidget;
    m_picture->setObjectName(QStringLiteral("import.picture"));
    m_picture->setAlignment(Qt::AlignCenter);
    m_picture->setMinimumSize(1, preview_height); // narrower than its picture, so that the window can shrink
    m_people->setObjectName(QStringLiteral("import.people"));
    m_people->setAccessibleName(tr("How many people can be recognised?"));
    m_people->setRange(-1, most_people);
    m_people->setSpecialValueText(tr("Not said yet"));
    m_people->setToolTip(tr("0 where nobody can be recognised. Each person’s release is recorded before the "
                            "photo is published."));
    auto *fields = new QFormLayout;
    fields->setRowWrapPolicy(QFormLayout::WrapLongRows);
    fields->addRow(tr("People who can be recognised"), m_people);
    fields->addRow(tr("Photographer"), m_photographer);
    fields->addRow(tr("Licence"), m_licence);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_cancel);
    buttons->addStretch(1);
    buttons->addWidget(m_skip);
    buttons->addWidget(m_all);
    buttons->addWidget(m_add);
    auto *column = new QVBoxLayout(form);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(12);
    column->addWidget(m_title);
    column->addWidget(m_picture, 1);
    column->addWidget(m_problem);
    column->addWidget(m_edit, 0, Qt::AlignHCenter);
    column->addWidget(m_facts);
    column->addLayout(fields);
    column->addLayout(buttons);
    m_problem->hide();
    return form;
}

void ImportPanel::connect_signals() {
    connect(m_edit, &QPushButton::clicked, this, &ImportPanel::edit_picture);
    connect(m_add, &QPushButton::clicked, this, &ImportPanel::add_first);
    connect(m_all, &QPushButton::clicked, this, &ImportPanel::add_all);
    connect(m_skip, &QPushButton::clicked, this, &ImportPanel::leave_out);
    connect(m_cancel, &QPushButton::clicked, this, &ImportPanel::cancel);
}

void ImportPanel::offer(int offer, const QString &whose, const QStringList &files) {
    const bool was_empty = is_empty();
    for (const auto &file : files) {
        ImportChoice choice;
        choice.offer = offer;
        choice.file = file;
        m_waiting.push_back({choice, whose});
    }
    if (was_empty) {
        m_seen = 0;
        show_first();
    } else {
        take_fields();
        show_first();
    }
}

void ImportPanel::take_fields() {
    auto &choice = m_waiting.front().choice;
    choice.people = m_people->value() < 0 ? std::nullopt : std::optional(m_people->value());
    choice.photographer = m_photographer->text().trimmed();
    choice.licence = m_licence->text().trimmed();
}

void ImportPanel::show_first() {
    if (is_empty()) {
        return;
    }
    const auto &first = m_waiting.front();
    const int all = m_seen + static_cast<int>(m_waiting.size());
    const auto name = QFileInfo(first.choice.file).fileName();
    m_title->setText(
        all == 1 ? tr("Add %1 for %2").arg(name, first.whose)
                 : tr("Photo %1 of %2: add %3 for %4").arg(m_seen + 1).arg(all).arg(name, first.whose));
    m_people->setValue(first.choice.people.value_or(-1));
    if (!first.choice.photographer.isEmpty() || !first.choice.licence.isEmpty()) {
        m_photographer->setText(first.choice.photographer);
        m_licence->setText(first.choice.licence);
    }
    if (!m_suggested.isEmpty() && m_photographer->text() == m_suggested) {
        m_photographer->clear(); // it was the file before's
    }
    m_all->setVisible(m_waiting.size() > 1);
    m_all->setText(tr("Add all %1").arg(m_waiting.size()));
    m_skip->setVisible(m_waiting.size() > 1);
    m_problem->hide();
    m_picture->clear();
    if (m_preview) {
        m_preview->deleteLater();
        m_preview->disconnect(this);
    }
    m_preview = new PicturePreview(first.choice.file, preview_width, this);
    connect(m_preview, &PicturePreview::ready, this, [this](const QImage &image) {
        m_picture->setPixmap(QPixmap::fromImage(
            image.scaled(m_picture->width(), preview_height, Qt::KeepAspectRatio, Qt::SmoothTransformation)));
        m_picture->setAccessibleName(tr("The photo as it is added"));
    });
    connect(m_preview, &PicturePreview::failed, this, [this](const QString &message) {
        m_problem->setText(message);
        m_problem->show();
    });
    m_preview->show(first.choice.edits);
    read_facts(first.choice.file);
}

void ImportPanel::read_facts(const QString &file) {
    const auto number = m_facts_asked.next();
    m_facts->setText(tr("Reading what the file tells…"));
    run_in_background(m_pool, [path = file.toStdString()] { return media::facts_of(path); })
        .then(this,
              [this, number](const media::FileFacts &facts) {
                  if (m_facts_asked.is_latest(number)) {
                      m_facts->setText(facts_words(facts));
                      suggest_photographer(facts);
                  }
              })
        .onFailed(this, [this, number](const std::exception &error) {
            if (m_facts_asked.is_latest(number)) {
                m_facts->setText(QString::fromUtf8(error.what()));
            }
        });
}

// The one person whom the file names is most often who took it. What somebody typed stays.
void ImportPanel::suggest_photographer(const media::FileFacts &facts) {
    if (facts.names.size() == 1 && m_photographer->text().isEmpty()) {
        m_suggested = QString::fromStdString(facts.names.front());
        m_photographer->setText(m_suggested);
    }
}

void ImportPanel::edit_picture() {
    take_fields();
    auto *editor = new PrivacyEditor(m_waiting.front().choice.file, m_waiting.front().choice.edits);
    m_stack->addWidget(editor);
    m_stack->setCurrentWidget(editor);
    connect(editor, &PrivacyEditor::cancelled, this, &ImportPanel::close_editor);
    connect(editor, &PrivacyEditor::finished, this, [this](const media::PictureEdits &edits) {
        m_waiting.front().choice.edits = edits;
        m_preview->show(edits);
        close_editor();
    });
}

void ImportPanel::close_editor() {
    auto *editor = m_stack->currentWidget();
    m_stack->setCurrentIndex(0);
    if (editor != m_stack->widget(0)) {
        m_stack->removeWidget(editor);
        editor->deleteLater();
    }
    m_edit->setFocus();
}

void ImportPanel::add_first() {
    take_fields();
    const auto choice = m_waiting.front().choice;
    m_waiting.pop_front();
    ++m_seen;
    emit chosen(choice);
    go_on();
}

// Photographer and licence of the photo that is shown count for the others too; who can be recognised in them
// is said later.
void ImportPanel::add_all() {
    take_fields();
    const auto all = std::exchange(m_waiting, {});
    for (const auto &waiting : all) {
        auto choice = waiting.choice;
        choice.photographer = all.front().choice.photographer;
        choice.licence = all.front().choice.licence;
        emit chosen(choice);
    }
    go_on();
}

void ImportPanel::leave_out() {
    m_waiting.pop_front();
    ++m_seen;
    go_on();
}

void ImportPanel::cancel() {
    m_waiting.clear();
    go_on();
}

void ImportPanel::go_on() {
    if (!is_empty()) {
        show_first();
        return;
    }
    m_facts_asked.next();
    m_seen = 0;
    m_photographer->clear();
    m_licence->clear();
    m_people->setValue(-1);
    m_picture->clear();
    emit emptied();
}

} // namespace studio::ui
