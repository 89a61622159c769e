INSERT INTO access_log (number, kind, at, subject, by_name, address, attempts)
SELECT COALESCE(MAX(number), 0) + 1, $1, $2, $3, $4, $5, $6 FROM access_log;

INSERT INTO access_token (number, name, digest, scopes, teams, created_by, created_at, expires_at,
  revoked_at, maker, last_used_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

INSERT INTO account_switch (shop, number, latest, state, to_account, planned_for, unbound_at, until,
  estimated, until_latest, finish_by, ended_at, reason, confirmed, overrides, from_account,
  planned_at, imported)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18);

INSERT INTO binding (shop, number, ended, ended_by, previous, account, since, begun_by)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

INSERT INTO definition (id, sha256, canonical)
SELECT COALESCE(MAX(id), 0) + 1, $1, $2 FROM definition WHERE true
ON CONFLICT (sha256) DO NOTHING;

INSERT INTO event (shop, number, body, hash) VALUES ($1, $2, $3, $4);

INSERT INTO item (shop, run, position, id, open, due_at, owner, state, waiting_for, awaiting_by,
  awaiting_at, blocked_reason, note, proof, changed_at, changed_by, due_moved, assigned,
  awaiting_link, changed_link, missed)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21);

INSERT INTO kept_answer (principal, request_key, request, status, body, at)
VALUES ($1, $2, $3, $4, $5, $6);

INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value;

INSERT INTO migration (name) VALUES ($1);

INSERT INTO run (shop, number, checklist, definition, switched_at, time_zone, state, newer, counted,
  total, done, skipped, blocked, pending, outstanding_due, done_at, holding_up, due_at, missed, began_at,
  account_switch)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21);

INSERT INTO shop (id, runs, events, head, name, platform, team, owner, time_zone, tags, archived,
  owner_folded, total, outstanding, due_at, waiting)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16);

INSERT INTO shop_link (shop, number, digest, created_by, created_at, expires_at, revoked_at, maker,
  last_used_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

INSERT INTO user_account (folded, name, role, teams, disabled, password, must_change, created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8);

SELECT 1 FROM shop WHERE id = $1 FOR UPDATE;

SELECT CAST(CAST(pg_current_xact_id_if_assigned() AS TEXT) AS BIGINT);

SELECT CAST(pg_current_snapshot() AS TEXT);

SELECT COALESCE(MAX(number), 0) FROM access_token;

SELECT COUNT(*)
FROM shop s
JOIN run r ON r.shop = s.id AND r.state = 'active'
JOIN item i ON i.shop = r.shop AND i.run = r.number
WHERE s.archived = 1 AND i.open = 1 AND i.due_at <= $1;

SELECT COUNT(*) FROM item WHERE open = 1 AND due_at <= $1;

SELECT COUNT(*) FROM shop s WHERE s.archived <= $1;

SELECT COUNT(*) FROM user_account;

SELECT COUNT(*), COUNT(CASE WHEN s.due_at <= $1 THEN 1 END), COUNT(CASE WHEN s.waiting = 1 THEN 1 END),
  COUNT(w.shop), COUNT(CASE WHEN s.total > 0 AND s.outstanding = 0 THEN 1 END),
  COALESCE(SUM(s.outstanding), 0)
FROM shop s
LEFT JOIN account_switch w ON w.shop = s.id AND w.state = 'unbound'
WHERE +s.archived = 0;

SELECT COUNT(*), COUNT(CASE WHEN s.due_at <= $1 THEN 1 END), COUNT(CASE WHEN s.waiting = 1 THEN 1 END),
  COUNT(w.shop), COUNT(CASE WHEN s.total > 0 AND s.outstanding = 0 THEN 1 END),
  COALESCE(SUM(s.outstanding), 0)
FROM shop s
LEFT JOIN account_switch w ON w.shop = s.id AND w.state = 'unbound'
WHERE s.archived = 0 AND s.team = $2;

SELECT DISTINCT definition FROM run WHERE checklist = $1 ORDER BY definition DESC;

SELECT DISTINCT i.owner
FROM shop s
JOIN run r ON r.shop = s.id AND r.state = 'active'
JOIN item i ON i.shop = r.shop AND i.run = r.number
WHERE i.owner IS NOT NULL;

SELECT DISTINCT owner FROM shop WHERE owner IS NOT NULL;

SELECT DISTINCT r.checklist, r.definition
FROM shop s
JOIN run r ON r.shop = s.id AND r.counted = 1
WHERE s.archived = 0 AND (r.state = $1 OR $1 IS NULL)
ORDER BY r.checklist, r.definition DESC;

SELECT DISTINCT s.owner FROM shop s WHERE s.owner IS NOT NULL;

SELECT DISTINCT s.time_zone, CASE WHEN s.time_zone IS NULL THEN s.platform END,
  CASE WHEN s.time_zone IS NULL THEN
    (SELECT r.time_zone FROM run r WHERE r.shop = s.id ORDER BY r.number DESC LIMIT 1) END
FROM shop s
WHERE s.archived = 0
ORDER BY 1, 2, 3;

SELECT DISTINCT s.time_zone, CASE WHEN s.time_zone IS NULL THEN s.platform END,
  CASE WHEN s.time_zone IS NULL THEN
    (SELECT r.time_zone FROM run r WHERE r.shop = s.id ORDER BY r.number DESC LIMIT 1) END
FROM shop s
WHERE s.archived = 0 AND s.team IN ($1)
ORDER BY 1, 2, 3;

SELECT DISTINCT shop FROM shop_link ORDER BY shop;

SELECT MAX(name) FROM migration;

SELECT account, since, begun_by, ended, ended_by FROM binding WHERE shop = $1 ORDER BY number;

SELECT count(*) FROM access_token;

SELECT count(*) FROM event;

SELECT count(*) FROM shop_link;

SELECT count(*) FROM user_account;

SELECT count(*), COALESCE(SUM(archived), 0) FROM shop;

SELECT count(*), COALESCE(SUM(size), 0) FROM kept_file WHERE deleted_at IS NULL;

SELECT count(*), COUNT(CASE WHEN state = 'active' THEN 1 END) FROM run;

SELECT counted, total, done, skipped, blocked, pending, outstanding_due, done_at, holding_up, checklist,
  due_at, missed
FROM run WHERE shop = $1 AND number = $2;

SELECT i.due_at, i.shop, i.run, i.id, i.state, i.owner, i.waiting_for, i.blocked_reason,
  i.awaiting_by, r.checklist, r.definition, r.time_zone, s.name, s.team, i.position,
  i.awaiting_link
FROM item i
JOIN run r ON r.shop = i.shop AND r.number = i.run
JOIN shop s ON s.id = i.shop
WHERE i.open = 1 AND i.due_at <= $1 AND s.archived = 0
ORDER BY i.due_at, i.shop, i.run, i.position;

SELECT i.due_at, i.shop, i.run, i.id, i.state, i.owner, i.waiting_for, i.blocked_reason,
  i.awaiting_by, r.checklist, r.definition, r.time_zone, s.name, s.team, i.position,
  i.awaiting_link
FROM item i
JOIN run r ON r.shop = i.shop AND r.number = i.run
JOIN shop s ON s.id = i.shop
WHERE i.open = 1 AND i.due_at <= $1 AND s.archived = 0 AND (r.definition = $2 AND i.id IN ($3) OR r.definition = $4 AND i.id IN ($5))
ORDER BY i.due_at, i.shop, i.run, i.position;

SELECT i.due_at, i.shop, i.run, i.id, i.state, i.owner, i.waiting_for, i.blocked_reason,
  i.awaiting_by, r.checklist, r.definition, r.time_zone, s.name, s.team, i.position,
  i.awaiting_link
FROM item i
JOIN run r ON r.shop = i.shop AND r.number = i.run
JOIN shop s ON s.id = i.shop
WHERE i.open = 1 AND i.due_at <= $1 AND s.archived = 0 AND i.owner IN ($2)
ORDER BY i.due_at, i.shop, i.run, i.position;

SELECT i.due_at, i.shop, i.run, i.id, i.state, i.owner, i.waiting_for, i.blocked_reason,
  i.awaiting_by, r.checklist, r.definition, r.time_zone, s.name, s.team, i.position,
  i.awaiting_link
FROM shop s
JOIN run r ON r.shop = s.id AND r.state = 'active'
JOIN item i ON i.shop = r.shop AND i.run = r.number
WHERE i.open = 1 AND i.due_at <= $1 AND s.archived = 0 AND s.due_at <= $1 AND s.team IN ($2)
ORDER BY i.due_at, i.shop, i.run, i.position;

SELECT i.owner, NULL, COUNT(DISTINCT i.shop), COUNT(DISTINCT i.shop || '/' || i.run),
  SUM(CASE WHEN i.state = 'done' THEN 1 ELSE 0 END),
  SUM(CASE WHEN i.state = 'skipped' THEN 1 ELSE 0 END),
  SUM(CASE WHEN i.state = 'blocked' THEN 1 ELSE 0 END),
  SUM(CASE WHEN i.state = 'pending' THEN 1 ELSE 0 END),
  SUM(CASE WHEN i.open = 1 AND i.due_at <= $1 THEN 1 ELSE 0 END),
  SUM(CASE WHEN i.state = 'done' AND i.changed_at > $2 AND i.changed_at <= $1 THEN 1 ELSE 0 END),
  SUM(CASE WHEN i.open = 1 AND i.due_at <= $2 THEN 1 ELSE 0 END),
  MIN(CASE WHEN i.open = 1 AND i.due_at > $1 THEN i.due_at END),
  MIN(CASE WHEN i.open = 1 AND i.due_at <= $1 THEN i.due_at END),
  SUM(CASE WHEN i.missed IS NULL THEN 0 ELSE 1 END)
FROM shop s
JOIN run r ON r.shop = s.id AND r.counted = 1
JOIN item i ON i.shop = r.shop AND i.run = r.number
WHERE s.archived = 0 AND (r.state = $3 OR $3 IS NULL)
GROUP BY i.owner
ORDER BY i.owner NULLS LAST;

SELECT id FROM definition ORDER BY id;

SELECT id FROM definition WHERE sha256 = $1;

SELECT id, name, platform, team, owner, time_zone, tags, archived, runs, events, head
FROM shop WHERE id = $1;

SELECT id, state, due_at, owner, awaiting_by, awaiting_at, blocked_reason, note, proof, changed_at,
  changed_by, due_moved, assigned, awaiting_link, changed_link, missed
FROM item WHERE shop = $1 AND run = $2 ORDER BY position;

SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8);

SELECT name FROM migration;

SELECT name FROM migration ORDER BY name;

SELECT name, role, teams, disabled, password, must_change, created_at
FROM user_account ORDER BY folded;

SELECT name, role, teams, disabled, password, must_change, created_at
FROM user_account WHERE folded = $1;

SELECT number, body, hash FROM event ORDER BY shop, number;

SELECT number, body, hash FROM event WHERE shop = $1 AND number < $2 ORDER BY number DESC LIMIT $3;

SELECT number, body, hash FROM event WHERE shop = $1 AND number > $2 ORDER BY number;

SELECT number, checklist, state, newer, switched_at FROM run WHERE shop = $1 ORDER BY number;

SELECT number, checklist, state, newer, switched_at, definition, time_zone, began_at, account_switch
FROM run WHERE shop = $1 AND number = $2;

SELECT number, checklist, state, newer, switched_at, definition, time_zone, began_at, account_switch
FROM run WHERE shop = $1 ORDER BY number;

SELECT number, kind, at, subject, by_name, address, attempts
FROM access_log WHERE number < $1 ORDER BY number DESC LIMIT $2;

SELECT number, kind, at, subject, by_name, address, attempts FROM access_log ORDER BY number;

SELECT number, name, created_by FROM access_token ORDER BY number;

SELECT number, name, digest, scopes, teams, created_by, created_at, expires_at, revoked_at,
  maker, last_used_at
FROM access_token ORDER BY number;

SELECT number, shop, digest, created_by, created_at, expires_at, revoked_at,
  maker, last_used_at
FROM shop_link ORDER BY shop, number;

SELECT number, shop, digest, created_by, created_at, expires_at, revoked_at,
  maker, last_used_at
FROM shop_link WHERE shop = $1 ORDER BY number;

SELECT number, state, from_account, to_account, planned_at, planned_for, unbound_at, until, estimated,
  until_latest, finish_by, ended_at, reason, confirmed, overrides, imported
FROM account_switch WHERE shop = $1 ORDER BY number;

SELECT open, waiting_for FROM item WHERE shop = $1 AND run = $2 ORDER BY position;

SELECT owner FROM item WHERE open = 1 AND owner > $1 ORDER BY owner LIMIT 1;

SELECT owner_folded, MIN(owner) FROM shop
WHERE archived = 0 AND team = $1 AND owner_folded IS NOT NULL
GROUP BY owner_folded ORDER BY owner_folded LIMIT 1000;

SELECT owner_folded, owner FROM shop
WHERE archived = 0 AND owner_folded > $1 ORDER BY owner_folded, id LIMIT 1;

SELECT pg_advisory_xact_lock($1);

SELECT pg_advisory_xact_lock(CAST(1937206377 AS INTEGER), CAST($1 AS INTEGER));

SELECT pg_advisory_xact_lock(CAST(1937206378 AS INTEGER), hashtext($1));

SELECT r.checklist, i.id, COALESCE(r.began_at, r.switched_at), CASE WHEN i.state = 'done' THEN 1 ELSE 0 END,
  CASE WHEN i.state = 'done' OR i.state = 'skipped' THEN i.changed_at END, i.due_at
FROM shop s
JOIN run r ON r.shop = s.id AND r.counted = 1
JOIN item i ON i.shop = r.shop AND i.run = r.number
WHERE +s.archived = 0;

SELECT r.checklist, i.id, COUNT(*), COUNT(*),
  SUM(CASE WHEN i.state = 'done' THEN 1 ELSE 0 END),
  SUM(CASE WHEN i.state = 'skipped' THEN 1 ELSE 0 END),
  SUM(CASE WHEN i.state = 'blocked' THEN 1 ELSE 0 END),
  SUM(CASE WHEN i.state = 'pending' THEN 1 ELSE 0 END),
  SUM(CASE WHEN i.open = 1 AND i.due_at <= $1 THEN 1 ELSE 0 END),
  SUM(CASE WHEN i.state = 'done' AND i.changed_at > $2 AND i.changed_at <= $1 THEN 1 ELSE 0 END),
  SUM(CASE WHEN i.open = 1 AND i.due_at <= $2 THEN 1 ELSE 0 END),
  MIN(CASE WHEN i.open = 1 AND i.due_at > $1 THEN i.due_at END),
  MIN(CASE WHEN i.open = 1 AND i.due_at <= $1 THEN i.due_at END),
  SUM(CASE WHEN i.missed IS NULL THEN 0 ELSE 1 END), MAX(r.definition)
FROM shop s
JOIN run r ON r.shop = s.id AND r.counted = 1
JOIN item i ON i.shop = r.shop AND i.run = r.number
WHERE s.archived = 0 AND (r.state = $3 OR $3 IS NULL)
GROUP BY r.checklist, i.id
ORDER BY r.checklist, MIN(i.position), i.id;

SELECT r.checklist, r.holding_up, r.outstanding_due
FROM shop s
JOIN run r ON r.shop = s.id AND r.counted = 1
WHERE +s.archived = 0 AND (r.holding_up <> '' OR r.outstanding_due <> '');

SELECT r.outstanding_due
FROM shop s
JOIN run r ON r.shop = s.id AND r.counted = 1
WHERE s.archived = 0 AND COALESCE(s.due_at <= $1, 1 = 0) AND s.team = $2;

SELECT request, status, body, at FROM kept_answer WHERE principal = $1 AND request_key = $2;

SELECT s.id, b.account
FROM shop s
JOIN binding b ON b.shop = s.id AND b.ended IS NULL
WHERE 1 = 1
ORDER BY s.id;

SELECT s.id, b.account
FROM shop s
JOIN binding b ON b.shop = s.id AND b.ended IS NULL
WHERE 1 = 1 AND s.team IN ($1)
ORDER BY s.id;

SELECT s.id, s.name, r.checklist, i.id, i.state,
  CASE WHEN i.open = 1 AND i.due_at <= $2 THEN 1 ELSE 0 END, i.missed
FROM shop s
LEFT JOIN run r ON r.shop = s.id AND r.counted = 1 AND (r.state = $1 OR $1 IS NULL)
LEFT JOIN item i ON i.shop = r.shop AND i.run = r.number
WHERE s.archived = 0
ORDER BY s.id, r.number, i.position;

SELECT s.id, s.name, r.number, r.checklist, i.id, i.changed_at, i.changed_by,
  i.changed_at - COALESCE(r.began_at, r.switched_at), i.changed_link
FROM shop s
JOIN run r ON r.shop = s.id AND r.counted = 1
JOIN item i ON i.shop = r.shop AND i.run = r.number
WHERE +s.archived = 0 AND i.state = 'done' AND i.changed_at >= $1
ORDER BY i.changed_at DESC, s.id, r.number, i.position LIMIT $2;

SELECT s.id, s.name, s.platform, s.team, s.owner, s.time_zone, s.tags, s.archived, s.due_at,
  s.outstanding, s.waiting, w.state, w.unbound_at, w.until, w.estimated, w.finish_by, w.overrides
FROM shop s
LEFT JOIN account_switch w ON w.shop = s.id AND w.latest = 1
WHERE s.archived = 0  
ORDER BY s.id LIMIT $7;

SELECT s.id, s.name, s.platform, s.team, s.owner, s.time_zone, s.tags, s.archived, s.due_at,
  s.outstanding, s.waiting, w.state, w.unbound_at, w.until, w.estimated, w.finish_by, w.overrides
FROM shop s
LEFT JOIN account_switch w ON w.shop = s.id AND w.latest = 1
WHERE s.archived = 0  AND EXISTS (SELECT 1 FROM run r WHERE r.shop = s.id AND r.counted = 1 AND r.checklist = $8) 
ORDER BY s.id LIMIT $7;

SELECT s.id, s.name, s.platform, s.team, s.owner, s.time_zone, s.tags, s.archived, s.due_at,
  s.outstanding, s.waiting, w.state, w.unbound_at, w.until, w.estimated, w.finish_by, w.overrides
FROM shop s
LEFT JOIN account_switch w ON w.shop = s.id AND w.latest = 1
WHERE s.archived = 0 AND s.due_at IS NOT NULL 
ORDER BY s.due_at, s.id LIMIT $7;

SELECT s.id, s.name, s.platform, s.team, s.owner, s.time_zone, s.tags, s.archived, s.due_at,
  s.outstanding, s.waiting, w.state, w.unbound_at, w.until, w.estimated, w.finish_by, w.overrides
FROM shop s
LEFT JOIN account_switch w ON w.shop = s.id AND w.latest = 1
WHERE s.archived = 0 AND s.due_at IS NOT NULL AND s.team = $2 AND (LOWER(s.id) LIKE $4 ESCAPE '\' OR LOWER(s.name) LIKE $4 ESCAPE '\')
ORDER BY s.due_at, s.id LIMIT $7;

SELECT s.id, s.name, s.platform, s.team, s.owner, s.time_zone, s.tags, s.archived, s.due_at,
  s.outstanding, s.waiting, w.state, w.unbound_at, w.until, w.estimated, w.finish_by, w.overrides
FROM shop s
LEFT JOIN account_switch w ON w.shop = s.id AND w.latest = 1
WHERE s.archived = 0 AND s.due_at IS NULL 
ORDER BY s.id LIMIT $7;

SELECT s.id, s.name, s.platform, s.team, s.owner, s.time_zone, s.tags, s.archived, s.due_at,
  s.outstanding, s.waiting, w.state, w.unbound_at, w.until, w.estimated, w.finish_by, w.overrides
FROM shop s
LEFT JOIN account_switch w ON w.shop = s.id AND w.latest = 1
WHERE s.archived = 0 AND s.due_at IS NULL AND s.team = $2 AND (LOWER(s.id) LIKE $4 ESCAPE '\' OR LOWER(s.name) LIKE $4 ESCAPE '\')
ORDER BY s.id LIMIT $7;

SELECT s.id, s.name, s.platform, s.team, s.owner, s.time_zone, s.tags, s.archived, s.runs, s.events, s.head
FROM shop s WHERE s.archived <= $1 AND s.team IN ($2) ORDER BY s.id;

SELECT s.id, s.name, s.platform, s.team, s.owner, s.time_zone, s.tags, s.archived, s.runs, s.events, s.head
FROM shop s WHERE s.archived <= $1 ORDER BY s.id;

SELECT s.id, s.name, s.team, r.checklist, r.total, r.done, r.skipped, r.blocked, r.pending,
  r.outstanding_due, r.done_at, r.holding_up, w.state, w.unbound_at, w.until, w.estimated,
  w.finish_by, w.overrides, r.missed, b.account
FROM shop s
LEFT JOIN account_switch w ON w.shop = s.id AND w.latest = 1
LEFT JOIN binding b ON b.shop = s.id AND b.ended IS NULL
LEFT JOIN run r ON r.shop = s.id AND r.counted = 1 AND (r.state = $1 OR $1 IS NULL)
WHERE s.archived = 0
ORDER BY s.id, r.number;

SELECT s.id, s.name, s.team, r.checklist, r.total, r.done, r.skipped, r.blocked, r.pending,
  r.outstanding_due, r.done_at, r.holding_up, w.state, w.unbound_at, w.until, w.estimated,
  w.finish_by, w.overrides, r.missed, b.account
FROM shop s
LEFT JOIN account_switch w ON w.shop = s.id AND w.latest = 1
LEFT JOIN binding b ON b.shop = s.id AND b.ended IS NULL
LEFT JOIN run r ON r.shop = s.id AND r.counted = 1 AND (r.state = $1 OR $1 IS NULL)
WHERE s.archived = 0 AND s.team IN ($2)
ORDER BY s.id, r.number;

SELECT s.id, s.name, s.team, s.platform, s.time_zone, w.number, w.state, w.from_account, w.to_account,
  w.planned_at, w.planned_for, w.unbound_at, w.until, w.estimated, w.until_latest, w.finish_by,
  w.ended_at, w.reason, w.confirmed, w.overrides, w.imported, CASE WHEN s.time_zone IS NULL THEN
  (SELECT r.time_zone FROM run r WHERE r.shop = s.id ORDER BY r.number DESC LIMIT 1) END
FROM account_switch w
JOIN shop s ON s.id = w.shop
WHERE w.latest = 1 AND (w.state = 'unbound' OR (w.state = 'planned' AND $1 = 0))
  AND s.archived = 0
ORDER BY CASE w.state WHEN 'unbound' THEN 0 ELSE 1 END, COALESCE(w.until, w.unbound_at, w.planned_for),
  s.id;

SELECT s.id, s.name, s.team, s.platform, s.time_zone, w.number, w.state, w.from_account, w.to_account,
  w.planned_at, w.planned_for, w.unbound_at, w.until, w.estimated, w.until_latest, w.finish_by,
  w.ended_at, w.reason, w.confirmed, w.overrides, w.imported, CASE WHEN s.time_zone IS NULL THEN
  (SELECT r.time_zone FROM run r WHERE r.shop = s.id ORDER BY r.number DESC LIMIT 1) END
FROM account_switch w
JOIN shop s ON s.id = w.shop
WHERE w.latest = 1 AND (w.state = 'unbound' OR (w.state = 'planned' AND $1 = 0))
  AND s.archived = 0 AND s.team IN ($2)
ORDER BY CASE w.state WHEN 'unbound' THEN 0 ELSE 1 END, COALESCE(w.until, w.unbound_at, w.planned_for),
  s.id;

SELECT sha256, canonical FROM definition ORDER BY sha256;

SELECT sha256, canonical FROM definition WHERE id = $1;

SELECT shop, sha256, size, name, media_type, kept_at, kept_by, kept_link, deleted_at
FROM kept_file WHERE shop = $1 ORDER BY kept_at, sha256;

SELECT shop, sha256, size, name, media_type, kept_at, kept_by, kept_link, deleted_at, content
FROM kept_file ORDER BY shop, sha256;

SELECT tablename, pg_total_relation_size(format('%I.%I', schemaname, tablename)::regclass)
FROM pg_tables WHERE schemaname = current_schema();

SELECT team FROM shop WHERE archived = 0 AND team > $1 ORDER BY team LIMIT 1;

SELECT team FROM shop WHERE team > $1 ORDER BY team LIMIT 1;

SELECT time_zone FROM run WHERE shop = $1 ORDER BY number DESC LIMIT 1;

SELECT to_regclass('migration') IS NOT NULL;

SELECT total, done, skipped, blocked, pending, outstanding_due, missed
FROM run WHERE shop = $1 AND counted = 1 ORDER BY number;

SELECT total, outstanding, due_at, waiting, owner_folded FROM shop WHERE id = $1;

SELECT value FROM meta WHERE name = $1;

UPDATE access_token SET revoked_at = $2 WHERE number = $1 AND revoked_at IS NULL;

UPDATE account_switch SET latest = $3, state = $4, to_account = $5, planned_for = $6,
  unbound_at = $7, until = $8, estimated = $9, until_latest = $10, finish_by = $11, ended_at = $12,
  reason = $13, confirmed = $14, overrides = $15
WHERE shop = $1 AND number = $2;

UPDATE binding SET ended = $3, ended_by = $4 WHERE shop = $1 AND number = $2;

UPDATE item SET id = $4, open = $5, due_at = $6, owner = $7, state = $8, waiting_for = $9,
  awaiting_by = $10, awaiting_at = $11, blocked_reason = $12, note = $13, proof = $14,
  changed_at = $15, changed_by = $16, due_moved = $17, assigned = $18, awaiting_link = $19,
  changed_link = $20, missed = $21
WHERE shop = $1 AND run = $2 AND position = $3;

UPDATE item SET state = $4, waiting_for = $5, awaiting_by = $6, awaiting_at = $7,
  blocked_reason = $8, note = $9, proof = $10, changed_at = $11, changed_by = $12,
  due_moved = $13, assigned = $14, awaiting_link = $15, changed_link = $16, missed = $17
WHERE shop = $1 AND run = $2 AND position = $3;

UPDATE run SET state = $3, newer = $4, counted = $5, total = $6, done = $7, skipped = $8,
  blocked = $9, pending = $10, outstanding_due = $11, done_at = $12, holding_up = $13, due_at = $14,
  missed = $15
WHERE shop = $1 AND number = $2;

UPDATE shop SET runs = $2, events = $3, head = $4 WHERE id = $1;

UPDATE shop SET runs = $2, events = $3, head = $4,
  (total, outstanding) = (
    SELECT COALESCE(SUM(total), 0), COALESCE(SUM(blocked + pending), 0)
    FROM run WHERE shop = $1 AND counted = 1)
WHERE id = $1;

UPDATE shop SET runs = $2, events = $3, head = $4,
  (total, outstanding, due_at, waiting) = (
    SELECT COALESCE(SUM(total), 0), COALESCE(SUM(blocked + pending), 0), MIN(due_at),
      COALESCE(MAX(CASE WHEN holding_up <> '' THEN 1 ELSE 0 END), 0)
    FROM run WHERE shop = $1 AND counted = 1)
WHERE id = $1;

UPDATE shop SET runs = $2, events = $3, head = $4, name = $5, platform = $6, team = $7, owner = $8,
  time_zone = $9, tags = $10, archived = $11, owner_folded = $12,
  (total, outstanding, due_at, waiting) = (
    SELECT COALESCE(SUM(total), 0), COALESCE(SUM(blocked + pending), 0), MIN(due_at),
      COALESCE(MAX(CASE WHEN holding_up <> '' THEN 1 ELSE 0 END), 0)
    FROM run WHERE shop = $1 AND counted = 1)
WHERE id = $1;

UPDATE shop_link SET revoked_at = $3 WHERE shop = $1 AND number = $2 AND revoked_at IS NULL;

