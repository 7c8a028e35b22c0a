/** The words of the Run that commands and settings take too. Apart from the schema, because loading zod takes longer than most commands. */

/** `<major>.<minor>`: members are only added within a major. */
export const schemaVersion = "1.0";

export const categories = ["db", "mem", "io", "async", "algo", "fe", "cfg"] as const;
/** From hint to measured. */
export const tiers = ["candidate", "likely", "proven"] as const;
/** The gravest first. */
export const severities = ["critical", "high", "medium", "low"] as const;
