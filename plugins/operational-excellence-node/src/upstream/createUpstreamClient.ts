import { DefaultUpstreamClient } from './DefaultUpstreamClient';
import { UpstreamClient, UpstreamClientOptions } from './UpstreamClient';

/**
 * A client for one upstream, with one set of credentials. Concurrency, pauses
 * and the circuit breaker are the client's own, per host.
 *
 * @public
 */
export function createUpstreamClient(
  options: UpstreamClientOptions,
): UpstreamClient {
  return DefaultUpstreamClient.create(options);
}
