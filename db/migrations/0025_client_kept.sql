-- The email that tells a client who asked for another time that the agreed one stays.
ALTER TABLE outbox
    DROP CONSTRAINT outbox_kind_value,
    ADD CONSTRAINT outbox_kind_value CHECK (kind IN (
        'visitor_email', 'companion_email', 'webhook',
        'client_accepted', 'client_declined', 'client_proposed', 'client_question', 'client_moved', 'client_kept',
        'client_cancelled', 'client_confirmed', 'client_released', 'client_reminder', 'client_deposit_reminder',
        'companion_answer', 'companion_cancelled', 'companion_released', 'companion_agenda'));
