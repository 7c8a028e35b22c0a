/** What people begin with: eslint's and typescript-eslint's recommended rules, by the parser alone (no types). */
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["**/node_modules", "**/dist", "**/build", "**/*.d.ts", "**/*.min.js"] },
  {
    files: ["**/*.{js,jsx,mjs,cjs,ts,tsx,mts,cts}"],
    extends: [...tseslint.configs.recommended],
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: "off" },
  },
);
