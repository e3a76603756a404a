-- A takedown's receipt also names what the photo left: pages, tests, draft links and the share picture.
ALTER TABLE photo_steps
    DROP CONSTRAINT photo_steps_action,
    ADD CONSTRAINT photo_steps_action CHECK (action IN (
        'page', 'test', 'draft', 'sharing', 'remove', 'hide', 'show', 'purge'));
