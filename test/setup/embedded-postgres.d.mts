/** `url` leads to the database `postgres`, as superuser. */
export declare function startPostgres(): Promise<{ readonly url: string; stop(): Promise<void> }>;
