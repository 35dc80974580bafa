import { createVerify, generateKeyPairSync } from 'node:crypto';
import { JsonObject } from '@backstage/types';

/** The keys of a GitHub App, made anew for each run. */
export function createAppKeys() {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/** An entry of `integrations.github`, beside its host. */
export function appIntegration(appId: number, privateKey: string): JsonObject {
  return {
    apps: [
      { appId, privateKey, clientId: 'Iv1.client', clientSecret: 'secret' },
    ],
  };
}

/** The id of the App that signed a JSON Web Token; `undefined` where it did not. */
export function signerOf(
  authorization: string | undefined,
  publicKey: string,
): number | undefined {
  const [header, payload, signature] =
    authorization?.replace('Bearer ', '').split('.') ?? [];
  const isGenuine = createVerify('RSA-SHA256')
    .update(`${header}.${payload}`)
    .verify(publicKey, signature ?? '', 'base64url');
  return isGenuine
    ? Number(JSON.parse(Buffer.from(payload, 'base64url').toString()).iss)
    : undefined;
}
