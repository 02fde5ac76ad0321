/** Any other address. */
export function loader() {
  throw new Response('', { status: 404 });
}

export default function Missing() {
  return null;
}
