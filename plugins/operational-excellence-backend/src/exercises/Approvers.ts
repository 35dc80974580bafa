import { UserInfoService } from '@backstage/backend-plugin-api';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Caller } from '../improvements';

/** Knows for whom callers speak: themselves, and the groups they belong to. */
export class Approvers {
  readonly #userInfo: UserInfoService;

  static create(options: { userInfo: UserInfoService }) {
    return new Approvers(options.userInfo);
  }

  private constructor(userInfo: UserInfoService) {
    this.#userInfo = userInfo;
  }

  /**
   * Tells whether the caller speaks for an approver, as a policy names it. Nobody
   * but a user does.
   */
  async spokenForBy(
    credentials: Caller['credentials'],
  ): Promise<(approver: string) => boolean> {
    if (credentials.principal.type !== 'user') return () => false;
    const { ownershipEntityRefs, userEntityRef } =
      await this.#userInfo.getUserInfo(credentials);
    const refs = new Set([userEntityRef, ...ownershipEntityRefs].map(fullRef));
    return approver => refs.has(fullRef(approver));
  }
}

/** A reference in one way of writing it; what is none stays as it is. */
function fullRef(ref: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(ref, { defaultNamespace: 'default' }),
    );
  } catch {
    return ref.toLocaleLowerCase('en-US');
  }
}
