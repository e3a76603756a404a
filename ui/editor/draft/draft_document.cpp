// SPDX-License-Identifier: Apache-2.0
#include "ui/editor/draft/draft_document.h"

#include "models/documents/validate_documents.h"
#include "ui/editor/draft/edit_command.h"
#include "ui/editor/draft/pointer.h"

namespace studio::ui {

namespace {

constexpr int validation_delay_ms = 40; // so that the preview is updated first

const models::Json *find(const models::Documents &documents, const QString &pointer) {
    const auto address = address_of(pointer);
    if (!address) {
        return nullptr;
    }
    const auto &document = documents.of(address->document);
    const models::Json::json_pointer path(address->pointer);
    return document.contains(path) ? &document.at(path) : nullptr;
}

models::Edit edit_of(models::Edit::Kind kind, const QString &pointer) {
    models::Edit edit;
    edit.kind = kind;
    if (const auto address = address_of(pointer)) {
        edit.document = address->document;
        edit.pointer = address->pointer;
    }
    return edit;
}

} // namespace

DraftDocument::DraftDocument(QObject *parent) : QObject(parent) {
    m_validation.setSingleShot(true);
    m_validation.setInterval(validation_delay_ms);
    connect(&m_validation, &QTimer::timeout, this, &DraftDocument::validate);
}

void DraftDocument::reset(int base_number, models::Documents base, models::Documents current) {
    m_stack.clear();
    m_base_number = base_number;
    m_base = std::move(base);
    m_documents = std::move(current);
    m_dirty = m_documents != m_base;
    validate();
    emit changed({});
    emit dirty_changed(m_dirty);
}

void DraftDocument::mark_saved(int number, models::Documents documents) {
    m_base_number = number;
    m_base = std::move(documents);
    m_stack.setClean();
    after_change();
}

void DraftDocument::rebase(int number, models::Documents theirs, const models::Documents &merged) {
    m_base_number = number;
    m_base = std::move(theirs);
    m_stack.clear();
    assign(merged);
}

void DraftDocument::set_read_only(bool read_only) {
    if (read_only != m_read_only) {
        m_read_only = read_only;
        emit read_only_changed(read_only);
    }
}

bool DraftDocument::refuse() {
    if (m_read_only) {
        emit edit_refused(tr("your account can view this site but not edit it."));
    }
    return m_read_only;
}

models::Json DraftDocument::value(const QString &pointer) const {
    const auto *found = find(m_documents, pointer);
    return found ? *found : models::Json();
}

QString DraftDocument::text(const QString &pointer) const {
    const auto *found = find(m_documents, pointer);
    return found ? text_of(*found) : QString();
}

std::size_t DraftDocument::size(const QString &pointer) const {
    const auto *found = find(m_documents, pointer);
    return found && found->is_array() ? found->size() : 0;
}

void DraftDocument::set(const QString &pointer, const models::Json &value, const QString &what) {
    const auto *found = find(m_documents, pointer);
    if (found && *found == value) {
        return;
    }
    auto edit = edit_of(models::Edit::Kind::Set, pointer);
    edit.value = value;
    push(std::move(edit), what);
}

void DraftDocument::remove(const QString &pointer, const QString &what) {
    if (find(m_documents, pointer)) {
        push(edit_of(models::Edit::Kind::Remove, pointer), what);
    }
}

void DraftDocument::insert(const QString &list, std::size_t index, const models::Json &value,
                           const QString &what) {
    if (!find(m_documents, list)) {
        auto edit = edit_of(models::Edit::Kind::Set, list);
        edit.value = models::Json::array({value});
        push(std::move(edit), what);
        return;
    }
    auto edit = edit_of(models::Edit::Kind::Insert, child(list, index));
    edit.value = value;
    push(std::move(edit), what);
}

void DraftDocument::move(const QString &list, std::size_t from, std::size_t to, const QString &what) {
    if (from == to || from >= size(list) || to >= size(list)) {
        return;
    }
    auto edit = edit_of(models::Edit::Kind::Move, child(list, from));
    edit.to = to;
    push(std::move(edit), what);
}

void DraftDocument::replace(const models::Documents &documents, const QString &what) {
    if (documents != m_documents && !refuse()) {
        m_stack.push(new ReplaceCommand(*this, documents, what));
    }
}

void DraftDocument::push(models::Edit edit, const QString &what) {
    if (refuse()) {
        return;
    }
    try {
        auto inverse = apply(edit, false);
        m_stack.push(new EditCommand(*this, std::move(edit), std::move(inverse), what));
    } catch (const models::EditError &error) {
        emit edit_refused(QString::fromUtf8(error.what()));
    }
}

models::Edit DraftDocument::apply(const models::Edit &edit, bool reveal) {
    auto inverse = models::apply(m_documents, edit);
    after_change();
    const auto pointer = pointer_of(edit.document, edit.pointer);
    const bool in_list = edit.kind != models::Edit::Kind::Set;
    const auto *parent = find(m_documents, parent_of(pointer));
    if (in_list && parent && parent->is_array()) {
        emit list_changed(parent_of(pointer));
    }
    if (edit.value.is_structured() || inverse.value.is_structured()) {
        emit list_changed(pointer);
    }
    emit changed(in_list ? parent_of(pointer) : pointer);
    if (reveal) {
        emit revealed(pointer);
    }
    return inverse;
}

void DraftDocument::assign(const models::Documents &documents) {
    m_documents = documents;
    after_change();
    emit changed({});
}

void DraftDocument::after_change() {
    m_validation.start();
    const bool dirty = m_documents != m_base;
    if (dirty != m_dirty) {
        m_dirty = dirty;
        emit dirty_changed(dirty);
    }
}

void DraftDocument::validate() {
    m_validation.stop();
    auto issues = models::validate(m_documents);
    if (issues != m_issues) {
        m_issues = std::move(issues);
        emit issues_changed();
    }
}

} // namespace studio::ui
