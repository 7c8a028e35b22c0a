export default { test: { include: ["*.vitest.mjs"], isolate: true } };
