import type { LoaderFunctionArgs } from 'react-router';
import { checkAddress } from '../suggestions/duplicates.server.ts';
import { visitorOf } from '../visitor.ts';

/** What the register has at an address, asked for while it is typed. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const parameters = new URL(request.url).searchParams;
  const { publicApi } = visitorOf(context);
  return Response.json(
    await checkAddress(publicApi, parameters.get('url') ?? '', parameters.get('name') ?? ''),
  );
}
