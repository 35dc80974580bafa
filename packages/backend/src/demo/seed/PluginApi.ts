import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { ResponseError } from '@backstage/errors';
import { ServiceDetail } from 'backstage-plugin-operational-excellence-common';
import { DemoTicket } from '../tickets';

const PLUGIN_ID = 'operational-excellence';

/** The plugin's HTTP API, as any other plugin may call it. */
export class PluginApi {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  private constructor(options: {
    auth: AuthService;
    discovery: DiscoveryService;
  }) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  static create(options: {
    auth: AuthService;
    discovery: DiscoveryService;
  }): PluginApi {
    return new PluginApi(options);
  }

  async importTickets(tickets: DemoTicket[]): Promise<void> {
    await this.#request('POST', '/tracker/import', { tickets });
  }

  async service(name: string): Promise<ServiceDetail> {
    const response = await this.#request(
      'GET',
      `/services/component/default/${encodeURIComponent(name)}`,
    );
    return (await response.json()) as ServiceDetail;
  }

  async #request(method: string, path: string, body?: object) {
    const { token } = await this.#auth.getPluginRequestToken({
      onBehalfOf: await this.#auth.getOwnServiceCredentials(),
      targetPluginId: PLUGIN_ID,
    });
    const baseUrl = await this.#discovery.getBaseUrl(PLUGIN_ID);
    const response = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
      },
      body: body && JSON.stringify(body),
      signal: AbortSignal.timeout(60_000),
    });
    if (!response.ok) throw await ResponseError.fromResponse(response);
    return response;
  }
}
