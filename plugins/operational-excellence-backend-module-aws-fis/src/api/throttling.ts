/** AWS says in a header which error it is; old services throttle with 400. */
export function isThrottled(response: {
  status: number;
  headers: Headers;
}): boolean {
  const type = response.headers.get('x-amzn-errortype') ?? '';
  return /^(Throttling|TooManyRequests|RequestLimitExceeded)/.test(type);
}
