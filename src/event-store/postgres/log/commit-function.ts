/** What became of a unit, as the function says it. */
export const verdicts = {
  committed: 0,
  repeated: 1,
  conflict: 2,
  fenced: 3,
  vaultConflict: 4,
} as const;

/*
 * One call commits one batch. The caller sees to it that no two units of it have a stream, a
 * receipt, a token, an owner or a request in common: each is judged by what was there before. The
 * head's row is locked first, so that the log has one writer at a time, each statement behind it
 * sees all that is committed, and positions have no gap and are in the order of commits.
 *
 * Rows of `appends`, `events` and `units` come as one array per column. `root` is the unit's first
 * append to the same stream, `offset` how many events of the unit go there before. Plans must never
 * depend on how the tables looked when they were empty: no hash, no merge, no scan.
 */
export const commitFunction = `
CREATE FUNCTION commit_batch_1(
  u_fence_station text[], u_fence_epoch bigint[], u_receipt text[], u_answer text[],
  u_expires bigint[], a_unit integer[], a_stream text[], a_root integer[], a_offset integer[],
  a_expected integer[], a_count integer[], e_append integer[], e_at integer[], e_type text[],
  e_schema integer[], e_data text[], e_meta text[], e_station text[], e_correlation text[],
  seldom json, notes json, channel text, sender text)
RETURNS json LANGUAGE plpgsql
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
  n integer := coalesce(cardinality(u_receipt), 0);
  m integer := coalesce(cardinality(a_stream), 0);
  start bigint; head_now bigint; noted json;
  verdict integer[] := array_fill(0, ARRAY[n]);
  first bigint[] := array_fill(0::bigint, ARRAY[n]);
  last bigint[] := array_fill(0::bigint, ARRAY[n]);
  at_fault integer[] := array_fill(0, ARRAY[n]);
  answer text[]; epoch bigint[]; found_at bigint[];
  id bigint[]; version integer[]; ending bigint[]; is_new boolean[];
  a_first bigint[] := array_fill(0::bigint, ARRAY[m]);
  a_version integer[] := array_fill(0, ARRAY[m]);
  u integer; r integer; before integer; one record;
BEGIN
  SELECT h.position INTO start FROM head h WHERE h.shard = 0
    ORDER BY h.position DESC LIMIT 1 FOR UPDATE;
  head_now := start;
  IF notes IS NOT NULL THEN noted := write_notes_1(notes); END IF;

  IF u_fence_station IS NOT NULL THEN
    SELECT array_agg(coalesce(c.epoch, 0) ORDER BY f.u) INTO epoch
      FROM unnest(u_fence_station) WITH ORDINALITY f(station, u)
      LEFT JOIN connections c ON c.station = f.station;
    FOR u IN 1..n LOOP
      IF u_fence_epoch[u] IS NOT NULL AND u_fence_epoch[u] <> epoch[u] THEN
        verdict[u] := ${verdicts.fenced}; last[u] := epoch[u];
      END IF;
    END LOOP;
  END IF;

  FOR one IN SELECT w.u::integer AS u, p.answer, p.position
    FROM unnest(u_receipt) WITH ORDINALITY w(id, u) JOIN receipts p ON p.id = w.id
  LOOP
    IF verdict[one.u] = 0 THEN
      verdict[one.u] := ${verdicts.repeated}; last[one.u] := one.position;
      -- An array that is not there yet would begin where it is first written.
      IF answer IS NULL THEN answer := array_fill(NULL::text, ARRAY[n]); END IF;
      answer[one.u] := one.answer;
    END IF;
  END LOOP;

  IF seldom->'vault' IS NOT NULL THEN
    FOR one IN SELECT v.unit, min(v.at) AS at
      FROM json_to_recordset(seldom->'vault')
        AS v(unit integer, at integer, ref text, lookup text, clashes boolean)
      WHERE v.clashes
        OR EXISTS (SELECT 1 FROM vault k WHERE k.lookup = v.lookup AND k.ref <> v.ref)
        OR EXISTS (SELECT 1 FROM vault k WHERE k.ref = v.ref AND k.lookup <> v.lookup)
      GROUP BY v.unit
    LOOP
      IF verdict[one.unit] = 0 THEN
        verdict[one.unit] := ${verdicts.vaultConflict}; at_fault[one.unit] := one.at;
      END IF;
    END LOOP;
  END IF;

  IF m > 0 THEN
    SELECT array_agg(s.id ORDER BY a.at), array_agg(coalesce(s.version, 0) ORDER BY a.at),
        array_agg(s.last ORDER BY a.at), array_agg(false ORDER BY a.at)
      INTO id, version, ending, is_new
      FROM unnest(a_stream) WITH ORDINALITY a(name, at) LEFT JOIN streams s ON s.name = a.name;
  END IF;
  FOR i IN 1..m LOOP
    u := a_unit[i];
    IF verdict[u] = 0 AND version[i] + a_offset[i] <> a_expected[i] THEN
      verdict[u] := ${verdicts.conflict}; at_fault[u] := i; last[u] := version[i] + a_offset[i];
    END IF;
  END LOOP;

  -- Every check is behind us: places are given out in the order of the units.
  r := 1;
  FOR u IN 1..n LOOP
    IF verdict[u] = 0 THEN first[u] := head_now + 1; END IF;
    WHILE r <= m AND a_unit[r] = u LOOP
      IF verdict[u] = 0 THEN
        a_first[r] := head_now + 1;
        before := a_root[r];
        IF a_count[r] > 0 THEN
          IF id[before] IS NULL THEN
            id[before] := head_now + 1; is_new[before] := true;
          END IF;
          head_now := head_now + a_count[r];
          a_version[before] := a_expected[r] + a_count[r];
          ending[before] := head_now;
        END IF;
        id[r] := id[before];
      END IF;
      r := r + 1;
    END LOOP;
    IF verdict[u] = 0 THEN last[u] := head_now; END IF;
  END LOOP;

  INSERT INTO receipts (id, position, answer, expires_ms)
    SELECT w.id, last[w.u], w.answer, w.expires
    FROM unnest(u_receipt, u_answer, u_expires) WITH ORDINALITY w(id, answer, expires, u)
    WHERE w.id IS NOT NULL AND verdict[w.u] = 0;
  IF head_now > start THEN
    INSERT INTO streams (id, name, version, last)
      SELECT id[a.at], a.name, a_version[a.at], ending[a.at]
      FROM unnest(a_stream) WITH ORDINALITY a(name, at)
      WHERE is_new[a.at];
    UPDATE streams s SET version = a.version, last = a.last
      FROM (SELECT id[g] AS id, a_version[g] AS version, ending[g] AS last
        FROM generate_series(1, m) g WHERE a_version[g] > 0 AND NOT is_new[g]) a
      WHERE s.id = a.id;
    INSERT INTO events
        (position, stream, version, schema, station, correlation, type, data, meta)
      SELECT a_first[e.append] + e.at, id[e.append], a_expected[e.append] + e.at + 1, e.schema,
        e.station, e.correlation, e.type, e.data, e.meta
      FROM unnest(e_append, e_at, e_type, e_schema, e_data, e_meta, e_station, e_correlation)
        AS e(append, at, type, schema, data, meta, station, correlation)
      WHERE verdict[a_unit[e.append]] = 0;
    UPDATE head SET position = head_now WHERE shard = 0 AND position = start;
    IF channel IS NOT NULL THEN PERFORM pg_notify(channel, head_now || ' ' || sender); END IF;
  END IF;
  IF seldom IS NOT NULL THEN PERFORM write_seldom_1(seldom, verdict, a_first); END IF;
  RETURN json_build_object('verdict', verdict, 'first', first, 'last', last, 'fault', at_fault,
    'answer', answer, 'notes', noted, 'head', head_now);
END $$;

CREATE FUNCTION write_seldom_1(seldom json, verdict integer[], a_first bigint[])
RETURNS void LANGUAGE plpgsql SET enable_hashjoin = off SET enable_mergejoin = off AS $$
BEGIN
  IF seldom->'vault' IS NOT NULL THEN
    INSERT INTO vault (ref, lookup, sealed) SELECT v.ref, v.lookup, v.sealed
      FROM json_to_recordset(seldom->'vault')
        AS v(unit integer, ref text, lookup text, sealed text)
      WHERE verdict[v.unit] = 0 ON CONFLICT DO NOTHING;
  END IF;
  IF seldom->'credentials' IS NOT NULL THEN
    INSERT INTO credentials (owner, secret) SELECT c.owner, c.secret
      FROM json_to_recordset(seldom->'credentials') AS c(unit integer, owner text, secret text)
      WHERE verdict[c.unit] = 0
      ON CONFLICT (owner) DO UPDATE SET secret = excluded.secret;
  END IF;
  IF seldom->'forget' IS NOT NULL THEN
    DELETE FROM credentials k
      USING json_to_recordset(seldom->'forget') AS f(unit integer, owner text)
      WHERE k.owner = f.owner AND verdict[f.unit] = 0;
  END IF;
  IF seldom->'erase' IS NOT NULL THEN
    DELETE FROM vault k USING json_to_recordset(seldom->'erase') AS f(unit integer, ref text)
      WHERE k.ref = f.ref AND verdict[f.unit] = 0;
  END IF;
  IF seldom->'requests' IS NOT NULL THEN
    INSERT INTO requests (request_id, station, position)
      SELECT q.id, q.station, a_first[q.append] + q.event
      FROM json_to_recordset(seldom->'requests')
        AS q(unit integer, id text, station text, append integer, event integer)
      WHERE verdict[q.unit] = 0 ON CONFLICT DO NOTHING;
  END IF;
  IF seldom->'done' IS NOT NULL THEN
    DELETE FROM requests k USING json_to_recordset(seldom->'done') AS d(unit integer, id text)
      WHERE k.request_id = d.id AND verdict[d.unit] = 0;
  END IF;
END $$;

CREATE FUNCTION write_notes_1(notes json)
RETURNS json LANGUAGE plpgsql SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE epochs json; replaced json; fenced json;
BEGIN
  IF notes->'connect' IS NOT NULL THEN
    WITH wanted AS (
      SELECT * FROM json_to_recordset(notes->'connect') AS w(at integer, station text, node text,
        "connectedAt" text, protocol text, address text)
    ), written AS (
      INSERT INTO connections AS c
          (station, node, epoch, connected_at, last_seen_at, protocol, address)
        SELECT w.station, w.node, 1, w."connectedAt", w."connectedAt", w.protocol, w.address
        FROM wanted w
        ON CONFLICT (station) DO UPDATE SET node = excluded.node, epoch = c.epoch + 1,
          connected_at = excluded.connected_at, last_seen_at = excluded.last_seen_at,
          disconnected_at = NULL, protocol = excluded.protocol, address = excluded.address
        RETURNING station, epoch)
    SELECT json_agg(written.epoch ORDER BY wanted.at) INTO epochs
      FROM wanted JOIN written USING (station);
  END IF;
  IF notes->'disconnect' IS NOT NULL THEN
    UPDATE connections c SET disconnected_at = d.at
      FROM json_to_recordset(notes->'disconnect') AS d(station text, epoch bigint, at text)
      WHERE c.station = d.station AND c.epoch = d.epoch;
  END IF;
  IF notes->'seen' IS NOT NULL THEN
    UPDATE connections c SET last_seen_at = d.at
      FROM (SELECT s.station, s.epoch, max(s.at) AS at
        FROM json_to_recordset(notes->'seen') AS s(station text, epoch bigint, at text)
        GROUP BY 1, 2) d
      WHERE c.station = d.station AND c.epoch = d.epoch;
    SELECT json_agg(json_build_object('station', d.station, 'told', d.epoch, 'epoch', c.epoch))
      INTO replaced
      FROM (SELECT DISTINCT s.station, s.epoch
        FROM json_to_recordset(notes->'seen') AS s(station text, epoch bigint)) d
      JOIN connections c ON c.station = d.station AND c.epoch <> d.epoch;
  END IF;
  IF notes->'snapshot' IS NOT NULL THEN
    INSERT INTO snapshots AS k (stream, fingerprint, version, state)
      SELECT s.stream, s.fingerprint, s.version, s.state
      FROM json_to_recordset(notes->'snapshot')
        AS s(stream text, fingerprint text, version integer, state text)
      ON CONFLICT (stream) DO UPDATE SET fingerprint = excluded.fingerprint,
        version = excluded.version, state = excluded.state
      WHERE k.fingerprint <> excluded.fingerprint OR k.version <= excluded.version;
  END IF;
  IF notes->'checkpoint' IS NOT NULL THEN
    WITH wanted AS (
      SELECT * FROM json_to_recordset(notes->'checkpoint')
        AS c(consumer text, position bigint, epoch bigint)
    ), saved AS (
      INSERT INTO checkpoints AS k (consumer, position, epoch)
        SELECT w.consumer, w.position, w.epoch FROM wanted w
        ON CONFLICT (consumer) DO UPDATE SET position = excluded.position,
          epoch = coalesce(excluded.epoch, k.epoch)
        WHERE excluded.epoch IS NULL OR k.epoch IS NULL OR excluded.epoch >= k.epoch
        RETURNING consumer)
    SELECT json_agg(wanted.consumer) INTO fenced
      FROM wanted LEFT JOIN saved USING (consumer) WHERE saved.consumer IS NULL;
  END IF;
  RETURN json_build_object('epochs', epochs, 'replaced', replaced, 'fenced', fenced);
END $$;
`;
