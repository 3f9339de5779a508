"""Posts with their body and holders on a day, as lists of rights put the statement together."""

from __future__ import annotations

POSTS = """
SELECT p.id, p.title, p.title_en, p.path, p.kind_id AS kind, p.rank, p.seats,
       coalesce(v.name, o.code) AS organisation, coalesce(v.name_en, '') AS organisation_en,
       coalesce((SELECT string_agg(h.holder_name, '、' ORDER BY h.since, h.id)
                 FROM orgs_postholding h WHERE h.post_id = p.id AND h.since <= %(on)s
                 AND (h.until IS NULL OR h.until > %(on)s)), '') AS holders
FROM orgs_post p
JOIN orgs_organisation o ON o.id = p.organisation_id
LEFT JOIN LATERAL (SELECT name, name_en FROM orgs_organisationversion n
    WHERE n.organisation_id = o.id AND (n.since IS NULL OR n.since <= %(on)s)
    ORDER BY n.since DESC NULLS LAST LIMIT 1) v ON true
WHERE (p.closed_on IS NULL OR p.closed_on > %(on)s) AND {condition}
ORDER BY p.path, p.rank, p.id
"""
AT, BELOW = "p.path = %(path)s", "p.path >= %(path)s AND p.path < %(path)s || '~'"
# every word that was typed stands somewhere in the post, its office or the names of its holders
FOUND = """
    EXISTS (SELECT 1 FROM unnest(%(paths)s::text[]) a WHERE p.path >= a AND p.path < a || '~')
    AND (SELECT bool_and(position(w IN lower(concat_ws(' ', p.title, p.title_en, v.name, o.code,
        (SELECT k.name_en FROM orgs_postkind k WHERE k.code = p.kind_id),
        (SELECT string_agg(h.holder_name, ' ') FROM orgs_postholding h WHERE h.post_id = p.id
         AND h.since <= %(on)s AND (h.until IS NULL OR h.until > %(on)s))))) > 0)
        FROM unnest(%(words)s::text[]) w)"""
