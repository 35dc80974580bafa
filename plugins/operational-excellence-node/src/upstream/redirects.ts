const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** How many redirects of one attempt are followed. */
export const MAX_REDIRECTS = 5;

/** Whether a status sends the request elsewhere. */
export function isRedirect(status: number): boolean {
  return REDIRECTS.has(status);
}

/**
 * Where a redirect leads, or why it must not be followed.
 */
export function redirectTarget(
  response: { status: number; headers: Headers },
  request: { url: URL; method: string },
): { url: URL } | { refused: string } {
  const location = response.headers.get('location');
  const url = location ? parse(location, request.url) : undefined;
  if (!url) return { refused: 'a redirect without a valid Location' };
  if (!isSameHost(url, request.url)) {
    return { refused: `a redirect to another host (${url.origin}), refused` };
  }
  // 301, 302 and 303 turn any other method into a GET.
  if (request.method !== 'GET' && response.status < 307) {
    return { refused: 'a redirect that would change the request, refused' };
  }
  url.username = '';
  url.password = '';
  return { url };
}

function parse(location: string, base: URL): URL | undefined {
  try {
    return new URL(location, base);
  } catch {
    // Not an address; the caller says so.
    return undefined;
  }
}

/** Same scheme, name and port; from plain HTTP to HTTPS is fine, not back. */
function isSameHost(target: URL, from: URL): boolean {
  if (target.origin === from.origin) return true;
  return (
    target.hostname === from.hostname &&
    from.protocol === 'http:' &&
    target.protocol === 'https:' &&
    from.port === '' &&
    target.port === ''
  );
}
