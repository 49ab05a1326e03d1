// Makes filter.bin: a Bloom filter of passwords that were found in leaks, the ones of 8 characters and more.
//
//     npm pack @zxcvbn-ts/language-common@4.1.3 && tar xzf zxcvbn-ts-language-common-4.1.3.tgz
//     node make.mjs package/src/passwords.json
//
// The list is that of the zxcvbn-ts project (MIT licence), 49,233 passwords by how often they were found. Twenty bits of the filter are set
// for each; src/breached_password.rs reads them in the same way.

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const BYTES = 65_536;
const HASHES = 20;
/** Shorter ones are refused anyway. */
const SHORTEST = 8;

const listed = JSON.parse(readFileSync(process.argv[2], "utf8"));
const passwords = new Set(listed.map((password) => password.toLowerCase().normalize("NFKC")).filter((password) => [...password].length >= SHORTEST));
const filter = new Uint8Array(BYTES);
for (const password of passwords) {
  const digest = createHash("sha256").update(password).digest();
  const [first, step] = [digest.readUInt32LE(0), digest.readUInt32LE(4)];
  for (let hash = 0; hash < HASHES; hash += 1) {
    const bit = (first + hash * step) % (BYTES * 8);
    filter[bit >> 3] |= 1 << (bit & 7);
  }
}
writeFileSync(new URL("filter.bin", import.meta.url), filter);
console.log(`${passwords.size} passwords`);
