/** Whether a field says who is asking. */
export function isCredential(name: string): boolean {
  return /^(authorization|cookie|x-api-key)$/i.test(name);
}
