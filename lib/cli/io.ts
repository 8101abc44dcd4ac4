/** A stream to write to, such as `process.stdout`. */
export interface Output {
  write(text: string): unknown;
  /** Whether somebody looks on. */
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Everything of a process that the command uses, files apart. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C. */
  readonly interruption: AbortSignal;
}
