import { networkFailure } from './networkFailure';

/** As `fetch` throws it. */
function fetchError(cause: Record<string, unknown> & { message?: string }) {
  return new TypeError('fetch failed', {
    cause: Object.assign(new Error(cause.message ?? 'broken'), cause),
  });
}

describe('networkFailure', () => {
  it.each([
    ['ENOTFOUND', 'unavailable'],
    ['EAI_AGAIN', 'unavailable'],
    ['ECONNREFUSED', 'unavailable'],
    ['EHOSTUNREACH', 'unavailable'],
    ['ENETUNREACH', 'unavailable'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
    ['CERT_HAS_EXPIRED', 'unavailable'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'unavailable'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unavailable'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'unavailable'],
  ])('knows that nothing was sent at %s', (code, kind) => {
    const failure = networkFailure(fetchError({ code }));
    expect(failure).toMatchObject({ kind, code, sent: false });
    expect(failure.detail).toContain(`(${code})`);
  });

  it.each([
    ['ECONNRESET', 'unavailable'],
    ['EPIPE', 'unavailable'],
    ['UND_ERR_SOCKET', 'unavailable'],
    ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
    ['UND_ERR_BODY_TIMEOUT', 'timeout'],
    ['ETIMEDOUT', 'timeout'],
  ])('knows that something may have been sent at %s', (code, kind) => {
    expect(networkFailure(fetchError({ code }))).toMatchObject({
      kind,
      code,
      sent: true,
    });
  });

  it('tells a connection that timed out from one that never came about', () => {
    expect(
      networkFailure(fetchError({ code: 'ETIMEDOUT', syscall: 'connect' })),
    ).toMatchObject({ kind: 'timeout', sent: false });
    expect(
      networkFailure(fetchError({ code: 'ETIMEDOUT', syscall: 'read' })),
    ).toMatchObject({ kind: 'timeout', sent: true });
  });

  it('reads the first of several addresses that were tried', () => {
    const errors = [
      Object.assign(new Error('::1'), { code: 'ECONNREFUSED' }),
      Object.assign(new Error('127.0.0.1'), { code: 'ECONNREFUSED' }),
    ];
    expect(
      networkFailure(new TypeError('fetch failed', { cause: { errors } })),
    ).toMatchObject({ code: 'ECONNREFUSED', sent: false });
  });

  it('does not presume to know what it does not know', () => {
    expect(
      networkFailure(fetchError({ code: 'HPE_INVALID', message: 'No HTTP' })),
    ).toEqual({
      kind: 'unavailable',
      detail: 'No HTTP (HPE_INVALID)',
      sent: true,
    });
    expect(networkFailure('odd')).toEqual({
      kind: 'unavailable',
      detail: 'the network failed',
      sent: true,
    });
  });

  it('is not led in circles', () => {
    const error = new Error('round');
    error.cause = error;
    expect(networkFailure(error).detail).toBe('round');
  });
});
