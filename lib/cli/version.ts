/** That of the package, which a test compares with its manifest: built for two module systems, code cannot find that file. */
export const VERSION = '1.0.0';
