// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/panels/publish_refusal.h"

#include "ui/editor/draft_photos.h"
#include "ui/widgets/style_sheet.h"
#include "ui/widgets/words.h"

#include <QVBoxLayout>

#include <utility>

namespace studio::ui {

namespace {

QString author_of(const std::string &name) {
    return name.empty() ? PublishRefusal::tr("someone else") : author_label(name);
}

// The revision that the draft would replace: a newer draft if there is one, otherwise the live revision.
struct Other {
    int number = 0;
    QString author;
};

Other other_of(const PublishConflict &conflict) {
    const auto &facts = conflict.facts;
    if (facts.latest && facts.latest->number > conflict.number) {
        return {facts.latest->number, author_of(facts.latest->author)};
    }
    return facts.live ? Other{facts.live->revision, author_of(facts.live->published_by)} : Other{};
}

QString both_sides(const PublishConflict &conflict) {
    const auto &facts = conflict.facts;
    QStringList lines{conflict.reason};
    if (facts.live) {
        lines << PublishRefusal::tr("Live: revision %1, published by %2, %3.")
                     .arg(facts.live->revision)
                     .arg(author_of(facts.live->published_by), full_time(to_date_time(facts.live->at)));
    } else {
        lines << PublishRefusal::tr("Live: none.");
    }
    if (facts.latest && facts.latest->number > conflict.number) {
        lines << PublishRefusal::tr("Newest: revision %1, saved by %2, %3.")
                     .arg(facts.latest->number)
                     .arg(author_of(facts.latest->author), full_time(to_date_time(facts.latest->created_at)));
    }
    lines << PublishRefusal::tr("Yours: revision %1.").arg(conflict.number);
    return lines.join(QLatin1Char('\n'));
}

} // namespace

PublishRefusal::PublishRefusal(EditorSession &session, QWidget *parent)
    : QFrame(parent), m_session(session), m_words(new QLabel(this)),
      m_look(new QPushButton(tr("View differences"), this)), m_take_over(new QPushButton(this)),
      m_anyway(new QPushButton(this)), m_again(new QPushButton(tr("Try again"), this)) {
    setObjectName(QStringLiteral("publish-refusal"));
    setAccessibleName(tr("Not published"));
    set_card(this);
    m_words->setObjectName(QStringLiteral("publish-refusal-words"));
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::PlainText);
    m_look->setObjectName(QStringLiteral("publish-look"));
    m_take_over->setObjectName(QStringLiteral("publish-take-over"));
    m_anyway->setObjectName(QStringLiteral("publish-anyway"));
    m_again->setObjectName(QStringLiteral("publish-again"));
    set_button_role(m_anyway, ButtonRole::Danger);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(8);
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_words, m_look, m_take_over, m_anyway, m_again}) {
        column->addWidget(widget);
    }
    hide();
    connect(m_look, &QPushButton::clicked, this,
            [this] { emit differences_requested(other_of(*m_conflict).number); });
    connect(m_take_over, &QPushButton::clicked, this, [this] {
        forget();
        m_session.take_over();
    });
    connect(m_anyway, &QPushButton::clicked, this, [this] {
        const auto conflict = *m_conflict;
        forget();
        m_session.publish_anyway(conflict);
    });
    connect(m_again, &QPushButton::clicked, this, [this] {
        forget();
        m_session.publish();
    });
    connect(&m_session, &EditorSession::publish_refused, this, &PublishRefusal::show_refused);
    connect(&m_session, &EditorSession::publish_failed, this, &PublishRefusal::show_failure);
    connect(&m_session.document(), &DraftDocument::changed, this, [this] {
        if (m_failed) {
            forget(); // the draft has changed since the refusal
        }
    });
    connect(&m_session, &EditorSession::published, this, &PublishRefusal::forget);
    connect(&m_session, &EditorSession::saved, this, &PublishRefusal::forget);
    connect(&m_session, &EditorSession::state_changed, this, &PublishRefusal::forget);
}

QString PublishRefusal::next_step() const {
    if (m_failed) {
        return tr("Not published. Correct what is named below, or try again.");
    }
    return m_foreseen ? tr("There is a newer revision. Choose below what happens to it first.")
                      : tr("Not published. Choose below what happens first.");
}

void PublishRefusal::follow_facts() {
    const auto &facts = m_session.facts();
    const auto &document = m_session.document();
    const auto number = document.base_number();
    const bool newer = facts.may_publish && facts.latest && facts.latest->number > number && number > 0 &&
                       !document.dirty() && !m_session.publishing() && !m_session.saving() &&
                       facts.tenant.published_revision != number;
    if (!newer && m_foreseen) {
        forget();
    } else if (newer && (m_foreseen ? m_conflict->facts.latest != facts.latest : !standing())) {
        show_conflict({number,
                       tr("%1 saved revision %2 in the meantime.")
                           .arg(author_label(facts.latest->author))
                           .arg(facts.latest->number),
                       facts});
        m_foreseen = true;
        emit standing_changed();
    }
}

void PublishRefusal::show_refused(const PublishConflict &conflict) {
    show_conflict(conflict);
    m_look->setFocus();
    emit standing_changed();
}

void PublishRefusal::show_failure(const QString &reason) {
    m_conflict.reset();
    m_foreseen = false;
    m_failed = true;
    m_words->setText(with_places(reason, draft_photos(m_session.document().documents(), m_session.facts())));
    for (auto *button : {m_look, m_take_over, m_anyway}) {
        button->hide();
    }
    m_again->show();
    show();
    emit standing_changed();
}

void PublishRefusal::show_conflict(const PublishConflict &conflict) {
    m_conflict = conflict;
    m_foreseen = false;
    m_failed = false;
    const auto other = other_of(conflict);
    m_words->setText(both_sides(conflict));
    m_look->setVisible(other.number > 0);
    m_take_over->setVisible(other.number > conflict.number);
    m_take_over->setText(tr("Continue from revision %1").arg(other.number));
    m_anyway->setText(other.number > 0 ? tr("Publish revision %1 over %2’s revision %3")
                                             .arg(conflict.number)
                                             .arg(other.author)
                                             .arg(other.number)
                                       : tr("Publish revision %1 anyway").arg(conflict.number));
    m_anyway->show();
    m_again->hide();
    show();
}

void PublishRefusal::forget() {
    const bool stood = standing();
    m_conflict.reset();
    m_foreseen = false;
    m_failed = false;
    hide();
    if (stood) {
        emit standing_changed();
    }
}

} // namespace studio::ui
