import { InputError, NotFoundError } from '@backstage/errors';
import {
  operationalExcellenceServiceReadPermission as serviceRead,
  operationalExcellenceWaiverGrantPermission as waiverGrant,
  Waiver,
  WaiverQuery,
  WaiverRequest,
} from 'backstage-plugin-operational-excellence-common';
import { nameOfCaller } from '../authorization';
import { Caller } from '../improvements';
import { cleanText } from '../improvements/text';
import { fullEntityRef } from '../services/fullEntityRef';
import { noSuchService } from '../services/noSuchService';
import { VisibilityService } from '../visibility';
import { WaiverQueries } from './WaiverQueries';
import { Waivers } from './Waivers';
import { WaiverService } from './WaiverService';

interface AuthorizedWaiversOptions {
  queries: WaiverQueries;
  visibility: VisibilityService;
  waivers: WaiverService;
}

/** Lets callers do with waivers what they may, of services that they see. */
export class AuthorizedWaivers implements Waivers {
  readonly #queries: WaiverQueries;
  readonly #visibility: VisibilityService;
  readonly #waivers: WaiverService;

  static create(options: AuthorizedWaiversOptions) {
    return new AuthorizedWaivers(options);
  }

  private constructor(options: AuthorizedWaiversOptions) {
    this.#queries = options.queries;
    this.#visibility = options.visibility;
    this.#waivers = options.waivers;
  }

  async grant(waiver: WaiverRequest, { credentials }: Caller) {
    const entityRef = fullEntityRef(waiver.entityRef);
    const visible = await this.#visibility.ofService(
      entityRef,
      credentials,
      serviceRead,
    );
    if (!(await this.#queries.hasService(entityRef, visible))) {
      throw noSuchService(entityRef);
    }
    await this.#visibility.authorizeFor(entityRef, credentials, waiverGrant);
    const id = await this.#waivers.grant({
      entityRef,
      measure: waiver.measure,
      reason: reasonOf(waiver),
      approver: nameOfCaller(credentials),
      until: Date.parse(waiver.until),
    });
    return this.#read(id);
  }

  async revoke(id: string, { credentials }: Caller) {
    const waiver = await this.#queries.read(id);
    // Who may see nothing is told so, also where there is nothing.
    const visible = await (waiver
      ? this.#visibility.ofService(waiver.entityRef, credentials, serviceRead)
      : this.#visibility.ofServices(credentials, serviceRead));
    if (
      !waiver ||
      !(await this.#queries.hasService(waiver.entityRef, visible))
    ) {
      throw noSuchWaiver(id);
    }
    await this.#visibility.authorizeFor(
      waiver.entityRef,
      credentials,
      waiverGrant,
    );
    await this.#waivers.revoke(id, { revokedBy: nameOfCaller(credentials) });
    return this.#read(id);
  }

  async list(query: WaiverQuery, { credentials }: Caller) {
    const visible = await this.#visibility.ofServices(credentials, serviceRead);
    return this.#queries.list(query, visible);
  }

  /** What was just written. */
  async #read(id: string): Promise<Waiver> {
    const waiver = await this.#queries.read(id);
    if (!waiver) throw noSuchWaiver(id);
    return waiver;
  }
}

function reasonOf(waiver: WaiverRequest): string {
  const reason = cleanText(waiver.reason).trim();
  if (reason) return reason;
  throw new InputError(
    'Invalid body property reason: expected more than control characters',
  );
}

/** The same whether there is none or its service is hidden from the caller. */
function noSuchWaiver(id: string) {
  return new NotFoundError(
    `There is no waiver ${
      id.length > 100 ? `${id.slice(0, 100)}…` : id
    }, or you may not see its service in the catalog`,
  );
}
