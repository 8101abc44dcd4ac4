// Checks the package as it would be published: its manifest and files (publint), its types under every module mode of
// TypeScript (attw) and the size of what a user loads (size-limit, budgets in .size-limit.json).
import './build.mjs';
import { run } from './lib/run.mjs';

// Built once above: publint and attw pack the package themselves, and would build it again each.
const WITHOUT_SCRIPTS = { npm_config_ignore_scripts: 'true' };

run('publint', ['--strict'], WITHOUT_SCRIPTS);
run('attw', ['--pack', '.'], WITHOUT_SCRIPTS);
run('size-limit', []);
