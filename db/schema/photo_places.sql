-- Where visitors and holders of draft links meet a photo, for the receipt of its takedown.

-- action: 'page' of the companion's live site, 'test' of the hero photo that is not over, 'draft' behind a link that is open,
-- 'sharing', the picture that other sites show of hers. place: which of them; of a draft link the moment of its end.
CREATE FUNCTION studio_photo_places(tenant uuid, wanted text) RETURNS TABLE (number bigint, action text, place text)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH published (photos, content, is_live) AS (
        SELECT t.photos_config, t.content_config, studio_is_public(tenant) FROM tenants t WHERE t.id = tenant),
    draft (photos, content) AS (
        SELECT r.photos_config::jsonb, r.content_config::jsonb FROM revisions r WHERE r.tenant_id = tenant
        ORDER BY r.number DESC LIMIT 1),
    variants (number, id, photo) AS (
        SELECT v.number, coalesce(v.value ->> 'id', ''), v.value -> 'url'
        FROM published p, LATERAL jsonb_path_query(p.photos, 'strict $.hero.variants[*]', '{}', true)
            WITH ORDINALITY v (value, number)),
    shown (number, action, place, photo) AS (
        SELECT 0, 'page', 'hero', p.photos #> '{hero,control}' FROM published p WHERE p.is_live
        UNION ALL SELECT 1, 'page', 'landing page', p.photos #> '{hero,control}' FROM published p WHERE p.is_live
        UNION ALL SELECT 1000 + v.number, 'page', 'variant ' || v.id, v.photo FROM variants v, published p WHERE p.is_live
        UNION ALL SELECT 2000 + g.number, 'page', 'gallery ' || g.number, g.value
            FROM published p, LATERAL jsonb_path_query(p.photos, 'strict $.gallery[*]', '{}', true)
                WITH ORDINALITY g (value, number) WHERE p.is_live
        UNION ALL SELECT 3000 + g.number, 'page', 'testimonial ' || g.number, g.value -> 'photo'
            FROM published p, LATERAL jsonb_path_query(p.photos, 'strict $.testimonials[*]', '{}', true)
                WITH ORDINALITY g (value, number) WHERE p.is_live
        UNION ALL SELECT 4000, 'sharing', 'share picture',
                CASE WHEN p.content #>> '{seo,ogImage}' <> '' THEN p.content #> '{seo,ogImage}'
                     ELSE p.photos #> '{hero,control}' END
            FROM published p WHERE p.is_live
        UNION ALL SELECT 5000, 'test', t.name::text, CASE
                WHEN arm #> '{config,photo}' IS NOT NULL THEN arm #> '{config,photo}'
                WHEN arm #>> '{config,variant}' <> '' THEN (
                    SELECT v.photo FROM variants v WHERE v.id = arm #>> '{config,variant}' LIMIT 1)
                ELSE p.photos #> '{hero,control}' END
            FROM published p, ab_tests t, LATERAL jsonb_path_query(t.variants, 'strict $[*]', '{}', true) arm
            WHERE t.tenant_id = tenant AND t.element_type = 'hero_photo' AND t.status <> 'completed'
        UNION ALL SELECT 6000, 'draft', to_char(l.expires_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), to_jsonb(u.url)
            FROM share_links l, draft d, LATERAL (
                SELECT studio_photo_urls(d.photos) UNION SELECT d.content #>> '{seo,ogImage}') u (url)
            WHERE l.tenant_id = tenant AND l.expires_at > clock_timestamp())
    SELECT min(s.number), s.action, left(s.place, 2000) FROM shown s
    WHERE studio_picture_of(CASE jsonb_typeof(s.photo) WHEN 'string' THEN s.photo #>> '{}'
                                WHEN 'object' THEN s.photo ->> 'url' END) = wanted
    GROUP BY s.action, s.place
$$;

-- Notes each place that the photo left, or came back to, as a step that is done: the pages follow the database within seconds.
-- One that it left already is noted once, until it is resumed or released again.
CREATE FUNCTION studio_photo_places_note(tenant uuid, wanted text, why text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO photo_steps (tenant_id, picture, key, action, reason, done_at)
    SELECT tenant, wanted, p.place, p.action, why, clock_timestamp() FROM studio_photo_places(tenant, wanted) p
    WHERE CASE WHEN why = 'resumed'
        THEN EXISTS (SELECT FROM studio_picture_states(tenant) s WHERE s.picture = wanted AND s.released)
        ELSE NOT EXISTS (
            SELECT FROM photo_steps l WHERE l.tenant_id = tenant AND l.picture = wanted AND l.action = p.action AND l.key = p.place
                AND l.reason <> 'resumed'
                AND NOT EXISTS (SELECT FROM photo_steps b WHERE b.tenant_id = tenant AND b.picture = wanted AND b.action = l.action
                                AND b.key = l.key AND b.reason = 'resumed' AND b.id > l.id)
                AND NOT EXISTS (SELECT FROM photo_releases r WHERE r.tenant_id = tenant
                                AND studio_picture_of(r.photo_url) = wanted AND r.recorded_at > l.asked_at)) END
    ORDER BY p.number, p.place
$$;
