import { UpstreamErrorKind } from './UpstreamError';

/** What became of a request that got no complete answer. */
export interface NetworkFailure {
  kind: Extract<UpstreamErrorKind, 'unavailable' | 'timeout'>;
  detail: string;
  /** The code of a failure that is known as one of the network. */
  code?: string;
  /** Whether the upstream can have received the request. */
  sent: boolean;
}

/** Failures before the first byte of a request could leave. */
const BEFORE_SENDING: Record<string, string> = {
  ENOTFOUND: 'the host name could not be resolved',
  EAI_AGAIN: 'the host name could not be resolved for the time being',
  ECONNREFUSED: 'the connection was refused',
  EHOSTUNREACH: 'the host is unreachable',
  ENETUNREACH: 'the network is unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
};

const AFTER_SENDING: Record<string, string> = {
  ECONNRESET: 'the connection was reset',
  EPIPE: 'the connection was reset',
  UND_ERR_SOCKET: 'the connection was closed before the answer was complete',
  UND_ERR_HEADERS_TIMEOUT: 'no complete answer in time',
  UND_ERR_BODY_TIMEOUT: 'no complete answer in time',
  ETIMEDOUT: 'the connection timed out',
};

const TIMEOUTS = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);

/** The refusals of a certificate and failed TLS handshakes. */
const TLS_CODE =
  /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_|ERR_SSL_|HOSTNAME_MISMATCH)/;

/**
 * Reads what `fetch` threw. It hides the reason in `cause`, with a code of
 * Node.js (`ECONNREFUSED`) or of undici (`UND_ERR_SOCKET`).
 */
export function networkFailure(error: unknown): NetworkFailure {
  const { code, syscall, message } = rootCause(error);
  const kind = TIMEOUTS.has(code) ? 'timeout' : 'unavailable';
  if (TLS_CODE.test(code)) {
    return {
      kind,
      code,
      detail: `no secure connection (${code})`,
      sent: false,
    };
  }
  const known = BEFORE_SENDING[code] ?? AFTER_SENDING[code];
  const sent =
    !(code in BEFORE_SENDING) &&
    syscall !== 'connect' &&
    syscall !== 'getaddrinfo';
  return known
    ? { kind, code, detail: `${known} (${code})`, sent }
    : { kind, detail: code ? `${message} (${code})` : message, sent };
}

function rootCause(error: unknown) {
  let current = error;
  // A chain of causes may be a circle.
  for (let depth = 0; depth < 5 && hasCause(current); depth++) {
    current = current.cause;
  }
  // Several addresses of one host were tried in vain.
  const errors: unknown = isObject(current) && Reflect.get(current, 'errors');
  if (Array.isArray(errors) && errors.length > 0) current = errors[0];
  return {
    code: text(current, 'code'),
    syscall: text(current, 'syscall'),
    message: text(current, 'message') || 'the network failed',
  };
}

function hasCause(error: unknown): error is { cause: object } {
  return isObject(error) && 'cause' in error && isObject(error.cause);
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function text(error: unknown, key: 'code' | 'syscall' | 'message'): string {
  if (!isObject(error)) return '';
  const value: unknown = Reflect.get(error, key);
  return typeof value === 'string' ? value : '';
}
