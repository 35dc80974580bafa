import { ResponseError } from '@backstage/errors';

/** The error that the API client throws where the backend answers with a status. */
export function refusal(
  status: number,
  message: string,
): Promise<ResponseError> {
  const names: Record<number, string> = {
    400: 'InputError',
    403: 'NotAllowedError',
    404: 'NotFoundError',
    409: 'ConflictError',
  };
  const name = names[status] ?? 'InternalServerError';
  return ResponseError.fromResponse({
    ok: false,
    status,
    statusText: name,
    redirected: false,
    type: 'basic',
    url: 'http://localhost/api/operational-excellence',
    headers: new Headers({ 'content-type': 'application/json' }),
    text: async () =>
      JSON.stringify({
        error: { name, message },
        response: { statusCode: status },
      }),
  });
}
