import { exitStatus, type Report, withOutcome } from '../report.js';
import { VERSION } from '../version.js';

/** For programs. What is not there is null, so that every member is always there. */
export function asJson(report: Report): string {
  const { url, found, level, interrupted, milliseconds, results } = report;
  const content = {
    version: VERSION,
    url,
    found,
    level,
    interrupted,
    exitStatus: exitStatus(report),
    milliseconds,
    summary: {
      passed: withOutcome(report, 'passed').length,
      failed: withOutcome(report, 'failed').length,
      notApplicable: withOutcome(report, 'not-applicable').length,
      skipped: withOutcome(report, 'skipped').length,
      notRun: withOutcome(report, 'not-run').length,
    },
    cases: results,
  };
  return `${JSON.stringify(content, nullForUndefined, 2)}\n`;
}

function nullForUndefined(_key: string, value: unknown): unknown {
  return value ?? null;
}
