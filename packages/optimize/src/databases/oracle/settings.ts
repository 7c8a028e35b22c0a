/** Settings of a server that a plan depends on; each can be set by any role. */
export const planningSettings: readonly string[] = [
  "random_page_cost",
  "seq_page_cost",
  "cpu_tuple_cost",
  "cpu_index_tuple_cost",
  "cpu_operator_cost",
  "parallel_setup_cost",
  "parallel_tuple_cost",
  "min_parallel_table_scan_size",
  "min_parallel_index_scan_size",
  "max_parallel_workers_per_gather",
  "effective_cache_size",
  "work_mem",
  "hash_mem_multiplier",
  "effective_io_concurrency",
  "jit",
  "jit_above_cost",
  "from_collapse_limit",
  "join_collapse_limit",
  "geqo",
  "geqo_threshold",
  "cursor_tuple_fraction",
  "enable_bitmapscan",
  "enable_hashagg",
  "enable_hashjoin",
  "enable_incremental_sort",
  "enable_indexonlyscan",
  "enable_indexscan",
  "enable_material",
  "enable_memoize",
  "enable_mergejoin",
  "enable_nestloop",
  "enable_partitionwise_join",
  "enable_partitionwise_aggregate",
  "enable_seqscan",
  "enable_sort",
  "enable_tidscan",
];

const plainValue = /^-?[\w.]+$/;

/** Those of the list, with values that are numbers, units or words. */
export function applicableSettings(settings: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    planningSettings.flatMap((name) => {
      const value = Object.hasOwn(settings, name) ? settings[name] : undefined;
      // Code that is compiled changes no plan, and the embedded planner has no compiler.
      return value === undefined || name.startsWith("jit") || name === "effective_io_concurrency" || !plainValue.test(value)
        ? []
        : [[name, value] as const];
    }),
  );
}
