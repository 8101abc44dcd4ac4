/** A route may have the client's text in it, from the path that its router is mounted on: so many are remembered, the last ones. */
const ROUTES = 32;

/**
 * Tells what goes wrong twice in a row, under the same route, from what goes wrong once. Requests that no route was chosen for
 * (`app.use`) count as one.
 */
export function twiceInARow(): (route: string | undefined, isWrong: boolean) => boolean {
  const wrong = new Set<string | undefined>();
  return (route, isWrong) => {
    const wasWrong = wrong.delete(route);
    if (isWrong) wrong.add(route);
    if (wrong.size > ROUTES) wrong.delete([...wrong][0]);
    return wasWrong && isWrong;
  };
}
