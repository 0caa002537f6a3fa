// What of the kept libraries the pages use: age files (BSD-3-Clause) and bech32, the spelling of age keys (MIT).
export { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
export { bech32 } from "@scure/base";
