/** The one statement of `optimize db export`: reads the catalogue and the planner's statistics, PostgreSQL 12 and newer, writes nothing. */
import { planningSettings } from "../oracle/settings.ts";
import { quotedText } from "../oracle/literals.ts";

const columnStatistics = (table: string): string => `SELECT COALESCE(jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
    'name', s.attname, 'nullFraction', s.null_frac, 'width', s.avg_width, 'distinct', s.n_distinct, 'correlation', s.correlation,
    'commonValues', s.most_common_vals::text, 'commonFrequencies', s.most_common_freqs, 'histogram', s.histogram_bounds::text)) ORDER BY s.attname), '[]')
  FROM pg_stats s WHERE s.schemaname = n.nspname AND s.tablename = ${table} AND NOT s.inherited`;

const names = (relation: string, keys: string): string => `SELECT COALESCE(jsonb_agg(a.attname ORDER BY k.place), '[]')
  FROM unnest(${keys}) WITH ORDINALITY AS k(number, place) JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = k.number`;

const columns = `SELECT COALESCE(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
    'nullable', NOT a.attnotnull, 'values', (SELECT jsonb_agg(e.enumlabel ORDER BY e.enumsortorder) FROM pg_enum e WHERE e.enumtypid = a.atttypid)))
    ORDER BY a.attnum), '[]')
  FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped`;

const indexColumns = `SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object('name', a.attname,
      'expression', CASE WHEN a.attname IS NULL THEN pg_get_indexdef(x.indexrelid, k.place, true) END,
      'order', CASE WHEN x.indoption[k.place - 1] & 1 = 1 THEN 'desc' ELSE 'asc' END,
      'nulls', CASE x.indoption[k.place - 1] & 3 WHEN 1 THEN 'last' WHEN 2 THEN 'first' END,
      'opclass', CASE WHEN NOT o.opcdefault THEN o.opcname END)) ORDER BY k.place)
  FROM generate_series(1, x.indnkeyatts) AS k(place) JOIN pg_opclass o ON o.oid = x.indclass[k.place - 1]
  LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[k.place - 1] AND x.indkey[k.place - 1] <> 0`;

const indexes = `SELECT COALESCE(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('name', i.relname, 'method', m.amname, 'unique', x.indisunique,
    'origin', CASE WHEN x.indisprimary THEN 'primary key' WHEN EXISTS (SELECT FROM pg_constraint u WHERE u.conindid = x.indexrelid AND u.contype = 'u')
      THEN 'unique' ELSE 'declared' END,
    'valid', x.indisvalid, 'columns', (${indexColumns}),
    'include', (SELECT COALESCE(jsonb_agg(a.attname ORDER BY k.place), '[]') FROM generate_series(x.indnkeyatts + 1, x.indnatts) AS k(place)
      JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[k.place - 1]),
    'where', pg_get_expr(x.indpred, x.indrelid), 'pages', i.relpages, 'rows', i.reltuples, 'scans', (SELECT v.idx_scan FROM pg_stat_all_indexes v WHERE v.indexrelid = x.indexrelid),
    'statistics', CASE WHEN x.indexprs IS NOT NULL THEN (${columnStatistics("i.relname")}) END)) ORDER BY i.relname), '[]')
  FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_am m ON m.oid = i.relam WHERE x.indrelid = c.oid`;

const foreignKeys = `SELECT COALESCE(jsonb_agg(jsonb_build_object('columns', (${names("f.conrelid", "f.conkey")}), 'schema', fn.nspname, 'table', fc.relname,
    'references', (${names("f.confrelid", "f.confkey")}), 'onDelete', CASE f.confdeltype WHEN 'c' THEN 'cascade' WHEN 'r' THEN 'restrict'
      WHEN 'n' THEN 'set null' WHEN 'd' THEN 'set default' ELSE 'no action' END) ORDER BY f.conname), '[]')
  FROM pg_constraint f JOIN pg_class fc ON fc.oid = f.confrelid JOIN pg_namespace fn ON fn.oid = fc.relnamespace
  WHERE f.conrelid = c.oid AND f.contype = 'f'`;

const tables = `SELECT COALESCE(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('schema', n.nspname, 'name', c.relname, 'rows', c.reltuples, 'pages', c.relpages,
    'allVisible', c.relallvisible,
    'writes', (SELECT jsonb_build_object('inserted', v.n_tup_ins, 'updated', v.n_tup_upd, 'deleted', v.n_tup_del) FROM pg_stat_all_tables v WHERE v.relid = c.oid),
    'unreadable', CASE WHEN NOT has_any_column_privilege(c.oid, 'SELECT') THEN true END,
    'columns', (${columns}),
    'primaryKey', (SELECT COALESCE((${names("p.conrelid", "p.conkey")}), '[]') FROM pg_constraint p WHERE p.conrelid = c.oid AND p.contype = 'p'),
    'foreignKeys', (${foreignKeys}), 'indexes', (${indexes}), 'statistics', (${columnStatistics("c.relname")}))) ORDER BY n.nspname, c.relname), '[]')
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND c.relpersistence <> 't' AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
    AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'e')`;

/** Gives one row with one column `export`. */
export const exportStatement = `SELECT jsonb_build_object('server', current_setting('server_version'), 'role', current_user,
  'countedDays', (SELECT floor(extract(epoch FROM now() - COALESCE(stats_reset, pg_postmaster_start_time())) / 86400) FROM pg_stat_database WHERE datname = current_database()),
  'settings', (SELECT jsonb_object_agg(name, setting) FROM pg_settings
    WHERE name IN (${planningSettings.map(quotedText).join(", ")})),
  'connections', (SELECT sum(CASE name WHEN 'max_connections' THEN setting::int ELSE -setting::int END) FROM pg_settings
    WHERE name IN ('max_connections', 'superuser_reserved_connections', 'reserved_connections')),
  'extensions', (SELECT COALESCE(jsonb_agg(extname ORDER BY extname), '[]') FROM pg_extension WHERE extname <> 'plpgsql'),
  'tables', (${tables})) AS export`;
