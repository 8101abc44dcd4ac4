// Much of the suite misuses the middleware on purpose: its warnings would drown everything else. Misuse is looked for all the same, so
// that every test also shows that this changes nothing. Tests that are about warnings: test/helpers/warnings.ts.
const emitWarning = process.emitWarning.bind(process) as (...args: unknown[]) => void;

process.emitWarning = (...args: unknown[]): void => {
  const [, options] = args as [unknown, { readonly code?: unknown } | undefined];
  if (!String(options?.code).startsWith('WARN_')) emitWarning(...args);
};
