export * from './canonicalRequest';
export * from './signFisRequest';
export * from './SignatureVerifier';
