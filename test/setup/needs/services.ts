// Imported by tests that run what `npm run build` compiles: dist/ is up to date then.
export {};
