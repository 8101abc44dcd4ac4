/** The features that a target is held to: those of its claims, and nothing else. */
export function featuresOf(claims) {
  return claims.flatMap(({ features }) => features);
}
