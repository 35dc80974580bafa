/**
 * The errors of the API, by their public names, and the HTTP status that goes
 * with each.
 */
const STATUS = {
  AccessDeniedException: 403,
  ConflictException: 409,
  IncompleteSignatureException: 400,
  InvalidSignatureException: 403,
  MissingAuthenticationTokenException: 403,
  RequestEntityTooLargeException: 413,
  ResourceNotFoundException: 404,
  SerializationException: 400,
  ServiceQuotaExceededException: 402,
  UnknownOperationException: 404,
  UnrecognizedClientException: 403,
  ValidationException: 400,
} as const;

export type FisErrorType = keyof typeof STATUS;

/** A failure that the caller gets to see, as the API describes it. */
export class FisError extends Error {
  override readonly name = 'FisError';
  readonly type: FisErrorType;

  constructor(type: FisErrorType, message: string) {
    super(message);
    this.type = type;
  }

  get status(): number {
    return STATUS[this.type];
  }
}
