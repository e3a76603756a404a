-- A booking that was entered by hand may have no email address: it is erased by its telephone number or by itself.

ALTER TABLE erasures DROP CONSTRAINT erasures_kind_check,
    ADD CONSTRAINT erasures_kind_value CHECK (kind IN ('visitor', 'session', 'email', 'phone', 'booking'));
-- Of a telephone number the hash is that of "TENANT:digits", without the tenant where it was erased everywhere; of a booking
-- that of its id.
ALTER TABLE erased_subjects DROP CONSTRAINT erased_subjects_kind_value,
    ADD CONSTRAINT erased_subjects_kind_value CHECK (kind IN ('visitor', 'visit', 'email', 'phone', 'booking', 'request'));
