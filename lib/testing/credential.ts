/** Whether a field says who is asking. */
export function isCredential(name: string): boolean {
  return /auth|cookie|api-?key|token/i.test(name);
}
