-- The emails about a request that expired because nobody answered it.
ALTER TABLE outbox
    DROP CONSTRAINT outbox_kind_value,
    ADD CONSTRAINT outbox_kind_value CHECK (kind IN (
        'visitor_email', 'companion_email', 'webhook',
        'client_accepted', 'client_declined', 'client_proposed', 'client_question', 'client_moved', 'client_kept',
        'client_cancelled', 'client_confirmed', 'client_released', 'client_expired', 'client_reminder', 'client_deposit_reminder',
        'companion_answer', 'companion_cancelled', 'companion_released', 'companion_expired', 'companion_agenda'));
-- Spam whose client has not been told yet that nobody answered.
CREATE INDEX bookings_spam_to_tell ON bookings (id) WHERE status::text = 'spam' AND reminded_at IS NULL AND erased_at IS NULL;
