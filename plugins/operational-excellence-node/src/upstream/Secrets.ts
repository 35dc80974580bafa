const REDACTED = '[redacted]';

/** Headers that say nothing secret; whatever else authenticates a request is. */
const HARMLESS_HEADERS = new Set([
  'accept',
  'accept-language',
  'content-length',
  'content-type',
  'host',
  'if-modified-since',
  'if-none-match',
  'user-agent',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-target',
  'x-github-api-version',
]);

/** Names of what is secret, in headers, queries and JSON. */
const SECRET_NAME =
  /token|api[-_]?key|access[-_]?key|private[-_]?key|secret|passw(?:or)?d|signature|credential|authorization/i;

/** `name=value`, `"name": "value"` and `name: value`. */
const NAMED_VALUE =
  /(?<![\w.-])([\w.-]+)(["']?\s*[=:]\s*["']?)((?:(?:bearer|basic|token)\s+)?[^\s"'&,;<>]+)/gi;

/** Whether a query parameter of that name carries a secret. */
const SECRET_PARAMETER =
  /token|key|secret|passw(or)?d|signature|sig$|credential|auth|code$/i;

const PATTERNS: [RegExp, string][] = [
  // user:password@ in an address
  [/(\b[a-z][a-z0-9+.-]*:\/\/)[^\s/@]+@/gi, `$1${REDACTED}@`],
  [/\b(bearer|basic|negotiate)\s+[\w.~+/=:-]{6,}/gi, `$1 ${REDACTED}`],
  [/\bgithub_pat_\w{20,}/g, REDACTED],
  [/\bgh[a-z]_\w{16,}/g, REDACTED],
  [/\bgl[a-z]{2,8}-[\w-]{16,}/g, REDACTED],
  [/\bATATT[\w=-]{16,}/g, REDACTED],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g, REDACTED],
  // JSON Web Tokens
  [/\beyJ[\w-]{6,}\.[\w-]+\.[\w-]*/g, REDACTED],
];

/** Shorter ones would blot out ordinary words. */
const SHORTEST = 4;

/**
 * Knows what a call was authenticated with, and removes it from what an upstream
 * says.
 */
export class Secrets {
  readonly #values = new Set<string>();

  /** Learns the secrets among some headers. */
  addHeaders(headers: Record<string, string>): void {
    for (const [name, value] of Object.entries(headers)) {
      if (HARMLESS_HEADERS.has(name.toLowerCase())) continue;
      this.#add(value);
      const [, scheme, rest] = /^(\S+)\s+(.+)$/s.exec(value) ?? [];
      if (!rest) continue;
      this.#add(rest);
      if (scheme.toLowerCase() === 'basic') this.#addBasic(rest);
      // Such as `Credential=…, SignedHeaders=…, Signature=…`.
      for (const [, part] of rest.matchAll(
        /(?:credential|signature)=([^,\s]+)/gi,
      )) {
        this.#add(part);
      }
    }
  }

  /** Learns the secrets in the query of an address. */
  addUrl(url: URL): void {
    for (const [name, value] of url.searchParams) {
      if (SECRET_PARAMETER.test(name)) this.#add(value);
    }
  }

  redact(text: string): string {
    let redacted = text;
    // Longest first: one secret may be part of another.
    const values = [...this.#values].sort((a, b) => b.length - a.length);
    for (const value of values) {
      redacted = redacted.replaceAll(value, REDACTED);
    }
    redacted = redacted.replace(NAMED_VALUE, (pair, name, between, value) =>
      isNamedSecret(name, between, value)
        ? `${name}${between}${REDACTED}`
        : pair,
    );
    for (const [pattern, replacement] of PATTERNS) {
      redacted = redacted.replace(pattern, replacement);
    }
    return redacted;
  }

  #addBasic(encoded: string) {
    const decoded = Buffer.from(encoded, 'base64').toString('utf8');
    this.#add(decoded);
    this.#add(decoded.slice(decoded.indexOf(':') + 1));
  }

  #add(value: string) {
    for (const form of [value, encodeURIComponent(value)]) {
      if (form.length >= SHORTEST) this.#values.add(form);
    }
  }
}

function isNamedSecret(name: string, between: string, value: string): boolean {
  if (!SECRET_NAME.test(name)) return false;
  // A plain colon may as well belong to a sentence: 'Invalid token: expired'.
  return (
    between !== ': ' ||
    /^authorization$/i.test(name) ||
    (value.length >= 8 && /\d/.test(value))
  );
}
